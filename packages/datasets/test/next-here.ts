import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { EnrichmentStep, type Roles } from '@bellwether/contracts';
import { createOpener } from '../src/duckdb/open-for-width.ts';
import { type Row, readRows } from '../src/read/read-rows.ts';
import { nextTable } from '../src/steps/next/next-table.ts';
import type { NextResult } from '../src/steps/next/next-task.ts';
import { type PredictedPeriod, predictPeriods } from '../src/steps/next/predict-periods.ts';
import { resolveSteps } from '../src/steps/resolve-steps.ts';
import { inspectHere, temporaryFolder } from './inspect-here.ts';

export interface NextHere extends NextResult {
  /** one an item */
  readonly features: readonly Row[];
  /** Predicts periods of an item, or of all, by `predict`, each from those before it. */
  periods(item: string | undefined, count: number, predict: (features: Row) => number): Promise<PredictedPeriod[]>;
}

/** Uploads a CSV and computes the features of its next period, all in this process. */
export async function nextHere(csv: string, given: readonly object[], roles: Roles): Promise<NextHere> {
  const uploaded = await inspectHere(csv, { roles });
  if (!uploaded.ok) throw new Error(uploaded.problems.map(({ message }) => message).join(' '));
  const folder = await temporaryFolder();
  const table = { columns: uploaded.schema, roles };
  const parsed = given.map((step) => EnrichmentStep.parse(step));
  const { steps } = resolveSteps(parsed, table);
  const [output, history] = [join(folder, 'next.parquet'), join(folder, 'history.parquet')];
  const spill = await mkdtemp(join(folder, 'spill-'));
  const paths = [uploaded.output, output, history];
  const { open, close } = createOpener({ paths, folder: spill, memoryBytes: 572 * 2 ** 20 });
  const plan = { steps, table, files: {}, others: {} };
  try {
    const next = await nextTable({ kind: 'next', source: uploaded.output, output, history, ...plan }, open);
    return {
      ...next,
      features: await readRows(output, { offset: 0, limit: 1000 }),
      periods: async (item, periods, predict) => {
        const predicted = predictPeriods({
          ...plan,
          history,
          ...(item === undefined ? {} : { item }),
          periods,
          predict: (rows) => rows.map(predict),
          periodStart: next.periodStart,
          target: roles.target ?? '',
        });
        const all: PredictedPeriod[] = [];
        for await (const some of predicted) all.push(...some);
        return all;
      },
    };
  } finally {
    close();
  }
}
