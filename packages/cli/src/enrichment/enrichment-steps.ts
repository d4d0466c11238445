import { readFile } from 'node:fs/promises';
import { EnrichmentStep, type Period } from '@bellwether/contracts';
import { z } from 'zod';
import { CommandFailure } from '../failure.ts';

/** What the command line says of an enrichment's steps. */
export interface StepOptions {
  readonly target?: string;
  readonly series?: readonly string[];
  readonly release?: boolean;
  readonly start?: string;
  readonly end?: string;
  readonly period?: Period;
  readonly values?: readonly string[];
  readonly lags?: number;
  readonly rolling?: readonly number[];
  readonly calendar?: boolean;
  readonly holidays?: string;
}

type Step = z.input<typeof EnrichmentStep>;

const StepsFile = z.array(EnrichmentStep);

/**
 * The steps that options stand for, in the order in which they make sense: leave out what is too old, aggregate, add the
 * series, look back, add the calendar. Series come after the aggregation, as they were known on a period's first day: what
 * was published within it nobody knows who predicts it.
 */
export function stepsOf(options: StepOptions): Step[] {
  const { series, release, start, end, lags, rolling, calendar, holidays } = options;
  const isCut = start !== undefined || end !== undefined;
  return [
    ...(isCut ? [{ kind: 'filter' as const, ...(start && { start }), ...(end && { end }) }] : []),
    ...aggregateOf(options),
    ...(series ? [{ kind: 'macro' as const, series: [...series], ...(release && { asOf: 'release' as const }) }] : []),
    ...(lags ? [{ kind: 'lags' as const, periods: lags }] : []),
    ...(rolling ? [{ kind: 'rolling' as const, windows: [...rolling] }] : []),
    ...(calendar || holidays ? [{ kind: 'calendar' as const, ...(holidays && { holidays }) }] : []),
  ];
}

/** Sums by period. */
function aggregateOf({ period, target, values }: StepOptions): Step[] {
  if (period === undefined) return [];
  const summed = values ?? (target === undefined ? [] : [target]);
  if (summed.length === 0) {
    throw new CommandFailure('usage', 'What is summed by period? Give --target or --values.', { exitCode: 2 });
  }
  return [{ kind: 'aggregate', period, values: summed.map((column) => ({ column })) }];
}

/**
 * Steps from a JSON file, as the API takes them.
 * @throws CommandFailure `steps-invalid` naming the place
 */
export async function readSteps(path: string): Promise<EnrichmentStep[]> {
  const cure = 'Give a JSON list of steps, as in POST /v1/datasets/{id}/enrichments; /docs shows each kind.';
  const refuse = (why: string) => new CommandFailure('steps-invalid', `${path} holds no steps: ${why}.`, { cure });
  try {
    const parsed = StepsFile.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw refuse(`[${issue?.path.join('.')}] ${issue?.message}`);
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw refuse(error instanceof Error ? error.message : String(error));
  }
}
