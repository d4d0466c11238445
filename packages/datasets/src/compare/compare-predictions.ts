import type { DataProblem, Metrics } from '@bellwether/contracts';
import type { z } from 'zod';
import { isOutOfMemory, tooMuchMemory } from '../child/refusal.ts';
import { openSession } from '../duckdb/session.ts';
import { RefusedData } from '../problem.ts';
import { classificationMetrics } from './classification-metrics.ts';
import { pairRows, type RowsToPair } from './pair-rows.ts';
import { regressionMetrics } from './regression-metrics.ts';

export interface Comparison extends RowsToPair {
  /** for spilled data */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
}

export type Compared =
  | { readonly ok: true; readonly rows: number; readonly metrics: z.infer<typeof Metrics> }
  | { readonly ok: false; readonly problems: readonly DataProblem[] };

const memoryBytes = 256 * 2 ** 20;

/**
 * Scores predictions against what really happened, both as stored tables, in memory that is bounded whatever their
 * length. One thread: the sums of several depend on who comes first, and a score must not.
 *
 * @throws the signal's reason when aborted; whatever is wrong with the data is in the result
 */
export async function comparePredictions(comparison: Comparison): Promise<Compared> {
  const { signal, folder, predictions, actuals, task } = comparison;
  signal?.throwIfAborted();
  const session = await openSession({ paths: [predictions.path, actuals.path], folder, memoryBytes, threads: 1 });
  const interrupt = () => session.connection.interrupt();
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    const { rows, labels } = await pairRows(session, comparison);
    signal?.throwIfAborted();
    const metrics =
      task === 'regression' ? await regressionMetrics(session) : await classificationMetrics(session, labels);
    return { ok: true, rows, metrics };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof RefusedData) return { ok: false, problems: error.problems };
    if (isOutOfMemory(error)) return { ok: false, problems: [tooMuchMemory()] };
    throw error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    session.close();
  }
}
