import { type Dataset, type EnrichmentStep, Period } from '@bellwether/contracts';
import { type Command, Option } from 'commander';
import type { z } from 'zod';
import type { Client } from '../client/client.ts';
import { completeJob } from '../client/complete-job.ts';
import { wholeNumber, wholeNumbers } from '../commands/parse-options.ts';
import { stepsOf } from '../enrichment/enrichment-steps.ts';
import { CommandFailure } from '../failure.ts';
import { plural } from '../terminal/figures.ts';
import type { Progress } from '../terminal/progress.ts';

/** Steps that make the table that is trained on of the one that was uploaded. */
export interface FeatureOptions {
  readonly period?: Period;
  readonly lags?: number;
  readonly rolling?: readonly number[];
  readonly calendar?: boolean;
}

export function featureOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--period <period>', 'train on sums of the target by item and period').choices(Period.options),
    )
    .option('--lags <number>', 'add values and differences of the last n rows or periods', wholeNumber(1, 400))
    .option('--rolling <windows>', 'add means of the last rows or periods, such as 4,13', wholeNumbers)
    .option('--calendar', 'add weekday and month');
}

/** @throws CommandFailure `usage` for features without a target */
export function checkFeatures({ target, ...options }: FeatureOptions & { readonly target?: string }): void {
  if (target !== undefined || featuresOf(options) === undefined) return;
  throw new CommandFailure('usage', 'Of which column are features made? Give --target.', { exitCode: 2 });
}

/** Those that were asked for; undefined when none was. */
export function featuresOf({ period, lags, rolling, calendar }: FeatureOptions): FeatureOptions | undefined {
  const given = {
    ...(period && { period }),
    ...(lags && { lags }),
    ...(rolling && { rolling }),
    ...(calendar && { calendar }),
  };
  return Object.keys(given).length === 0 ? undefined : given;
}

/** Derives the table to train on, as the options say; without any it is the dataset itself. */
export async function deriveFeatures(
  client: Client,
  dataset: Dataset,
  options: FeatureOptions & { readonly target?: string },
  progress: Progress,
  signal: AbortSignal,
): Promise<Dataset> {
  const { target } = options;
  const given = featuresOf(options);
  if (given === undefined || target === undefined) return dataset;
  const steps = stepsOf({ ...given, target }).map((step) => lookingBackAt(step, target));
  const name = `${dataset.name.slice(0, 91)}-features`;
  const { job } = await client.call('createEnrichment', { params: { id: dataset.id }, body: { steps, name } }, signal);
  const ended = await completeJob(client, job, 'computing features', progress, signal);
  const { datasets, notes = [] } = ended.result as { datasets: { enriched: string }; notes?: { message: string }[] };
  const derived = await client.call('getDataset', { params: { id: datasets.enriched } }, signal);
  progress.line(`${name}: ${plural(derived.rows ?? 0, 'row')} (dataset ${derived.id})`);
  for (const { message } of notes) progress.line(`  ${message}`);
  return derived;
}

/** The target is no role of the upload, so the step has to name it. */
export function lookingBackAt(step: z.input<typeof EnrichmentStep>, column: string): z.input<typeof EnrichmentStep> {
  return step.kind === 'lags' || step.kind === 'rolling' ? { ...step, column } : step;
}
