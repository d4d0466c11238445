import { readFile } from 'node:fs/promises';
import { type Algorithm, AutomationRequest, type EnrichmentStep } from '@bellwether/contracts';
import type { z } from 'zod';
import { stepsOf } from '../enrichment/enrichment-steps.ts';
import { CommandFailure } from '../failure.ts';
import { checkFeatures, type FeatureOptions, featuresOf, lookingBackAt } from '../training/feature-steps.ts';

type Request = z.input<typeof AutomationRequest>;
type Step = Request['then'][number];

/** What the command line says of an automation. */
export interface AutomationOptions extends FeatureOptions {
  readonly name?: string;
  readonly file?: string;
  readonly dataset?: string;
  readonly rows?: number;
  readonly cron?: string;
  readonly timeZone?: string;
  readonly train?: string;
  readonly target?: string;
  readonly item?: string;
  readonly date?: string;
  readonly algorithms?: readonly Algorithm[];
  readonly trials?: number;
  readonly predict?: string;
  readonly periods?: number;
  readonly by?: string;
  readonly results?: string;
}

/**
 * The request that options stand for, or the one of a JSON file.
 * @throws CommandFailure `usage`; `automation-invalid` naming the place in the file
 */
export async function automationRequest(options: AutomationOptions): Promise<Request> {
  if (options.file !== undefined) return await readRequest(options.file);
  const { name, dataset, rows, cron, timeZone } = options;
  if (dataset === undefined) throw usage('Of which datasets? Give --dataset, or --file.');
  const steps = [...enrichmentOf(options, dataset), ...trainingOf(options), ...predictionOf(options)];
  if (steps.length === 0) throw usage('What is to be done? Give --train, --predict or --periods.');
  const when = {
    dataset,
    ...(rows === undefined ? {} : { newRows: rows }),
    ...(cron === undefined ? {} : { cron }),
    ...(timeZone === undefined ? {} : { timeZone }),
  };
  return { ...(name === undefined ? {} : { name }), when, ...stepsAs(steps) };
}

const usage = (what: string) => new CommandFailure('usage', what, { exitCode: 2 });

// biome-ignore lint/suspicious/noThenProperty: it is an array, which nobody can take for a promise
const stepsAs = (steps: Step[]): Pick<Request, 'then'> => ({ then: steps });

/** Features of the table that is trained on, as `bellwether train` makes them. */
function enrichmentOf(options: AutomationOptions, dataset: string): Step[] {
  checkFeatures(options);
  const { target, item, date } = options;
  const given = featuresOf(options);
  if (given === undefined || target === undefined) return [];
  const steps = stepsOf({ ...given, target })
    .map((step) => lookingBackAt(step, target))
    .map((step) => ({ ...step, ...columnsOf(step, { item, date }) }));
  return [{ kind: 'enrich', name: `${dataset.slice(0, 91)}-features`, steps }];
}

/** An upload that comes by itself may have no roles, so the steps name the columns. */
function columnsOf(
  { kind }: z.input<typeof EnrichmentStep>,
  { item, date }: { readonly item: string | undefined; readonly date: string | undefined },
) {
  if (kind === 'calendar') return date === undefined ? {} : { date };
  return { ...(item === undefined ? {} : { item }), ...(date === undefined ? {} : { date }) };
}

function trainingOf({ train, target, algorithms, trials }: AutomationOptions): Step[] {
  if (train === undefined) return [];
  return [
    {
      kind: 'train',
      model: train,
      ...(target && { target }),
      ...(algorithms && { candidates: algorithms.map((algorithm) => ({ algorithm })) }),
      ...(trials && { search: { trials } }),
    },
  ];
}

function predictionOf({ predict, periods, by, results }: AutomationOptions): Step[] {
  if (predict === undefined && periods === undefined) return [];
  return [
    {
      kind: 'predict',
      ...(by && { model: by }),
      ...(predict && { dataset: predict }),
      ...(periods && { periods }),
      ...(results && { name: results }),
    },
  ];
}

async function readRequest(path: string): Promise<Request> {
  const cure = 'Give a JSON object with `when` and `then`, as in POST /v1/automations; /docs shows it.';
  const refuse = (why: string) =>
    new CommandFailure('automation-invalid', `${path} holds no automation: ${why}.`, { cure });
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    const parsed = AutomationRequest.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw refuse(`[${issue?.path.join('.')}] ${issue?.message}`);
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw refuse(error instanceof Error ? error.message : String(error));
  }
}
