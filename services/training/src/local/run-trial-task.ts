import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrialTable } from '@bellwether/database';
import { type JobWatchOptions, watchJob } from '@bellwether/platform';
import type { LearnedFiles } from '../adapters/sagemaker/channel-files.ts';
import type { Deps } from '../deps.ts';
import { artifactKey } from '../domain/keys.ts';
import type { TrainingPlan } from '../domain/plan-training.ts';
import { bringFiles } from './bring-files.ts';
import type { TrialResult, TrialTask } from './trial-task.ts';

export interface TrialOrder {
  readonly tenantId: string;
  readonly trial: TrialTable;
  readonly plan: TrainingPlan;
  readonly dataKey: string;
  /** artifact to evaluate again */
  readonly artifactKey?: string;
  /** what SageMaker has learned: it is scored and stored, not fitted */
  readonly learned?: LearnedFiles;
}

export type TrialOutcome =
  | ({
      readonly kind: 'succeeded';
      /** value of the job's metric, on validation where there is one */
      readonly score: number;
      /** seconds */
      readonly duration: number;
      readonly artifact?: { readonly key: string; readonly bytes: number };
    } & TrialResult)
  | { readonly kind: 'pruned'; readonly scores: readonly number[] }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'cancelled' };

/** Brings the files, runs the task in a worker thread, watches for a cancel, and stores the artifact. */
export async function runTrialTask(order: TrialOrder, deps: Deps, watch: JobWatchOptions): Promise<TrialOutcome> {
  const { store, workFolder, newId, now, pool } = deps;
  const { trial, plan } = order;
  const attempt = newId('at');
  const output = order.artifactKey === undefined ? join(workFolder, `${attempt}.tar.gz`) : undefined;
  // Before the copies: from S3 they take long, and a cancel must not wait for them.
  await using looker = watchJob(watch);
  await using files = await bringFiles(order, store);
  if (files.gone !== undefined) return { kind: 'refused', reason: files.gone };
  const { table, artifact } = files;
  const begun = now();
  try {
    const outcome = await pool.run(
      {
        ...taskOf(order, table.path),
        ...(artifact === undefined ? {} : { artifact: artifact.path }),
        ...(output === undefined ? {} : { output }),
      },
      looker,
    );
    if (outcome.kind !== 'done') return outcome;
    const { result } = outcome;
    const test = result.metrics[plan.metric];
    if (test === undefined) {
      return {
        kind: 'refused',
        reason: `metric-undefined: ${plan.metric} is not defined for this model on the held-out rows`,
      };
    }
    const score = result.validation?.metrics[plan.metric] ?? test;
    const duration = (now() - begun) / 1000;
    if (output === undefined) return { kind: 'succeeded', score, duration, ...result };
    const { size: bytes } = await stat(output);
    const key = artifactKey(order.tenantId, trial.id, attempt);
    await store.putFile(key, output);
    return { kind: 'succeeded', score, duration, artifact: { key, bytes }, ...result };
  } catch (error) {
    if (looker.cancelled()) return { kind: 'cancelled' };
    throw error;
  } finally {
    if (output !== undefined) await rm(output, { force: true });
  }
}

/** What a thread is told of a trial, whatever it is to do with it. */
export function taskOf({ trial, plan, learned }: TrialOrder, table: string): TrialTask {
  const { candidates: _, ...rest } = plan;
  return {
    table,
    plan: rest,
    algorithm: trial.algorithm,
    hyperparameters: JSON.parse(trial.hyperparameters),
    seed: trial.seed,
    logTarget: trial.log_target === 1,
    ...(trial.prune_above === null ? {} : { pruneAbove: trial.prune_above }),
    ...(learned === undefined ? {} : { learned }),
  };
}
