import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobWatch } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import type { BatchPlan } from '../domain/batch-plan.ts';
import { type PredictionEnd, predictInChild } from './predict-in-child.ts';

export interface PredictionOrder {
  readonly tenantId: string;
  readonly plan: BatchPlan;
  /** keys of the dataset's table and of the version's artifact */
  readonly dataKey: string;
  readonly artifactKey: string;
  /** local file of what a transform job predicted */
  readonly predicted?: string;
}

export type WrittenPredictions =
  | { readonly kind: 'written'; readonly key: string }
  | Extract<PredictionEnd, { kind: 'refused' }>
  | { readonly kind: 'cancelled' };

/** Brings the files, predicts, and stores the table under a key of this attempt; no file of it stays, however it ends. */
export async function writePredictions(
  order: PredictionOrder,
  { store, workFolder, newId }: Pick<Deps, 'store' | 'workFolder' | 'newId'>,
  watch: JobWatch,
): Promise<WrittenPredictions> {
  const { tenantId, plan } = order;
  const attempt = newId('at');
  const folder = join(workFolder, attempt);
  const output = join(folder, 'predictions.parquet');
  try {
    await mkdir(folder);
    await using table = await store.localCopy(order.dataKey);
    await using artifact = await store.localCopy(order.artifactKey);
    const task = {
      table: table.path,
      artifact: artifact.path,
      output,
      folder,
      columns: columnsOf(plan),
      ...(order.predicted === undefined ? {} : { predicted: order.predicted }),
    };
    const end = await predictInChild(task, watch);
    if (end.kind === 'refused') return end;
    const key = `derived/${tenantId}/${plan.datasetId}/${attempt}.parquet`;
    await store.putFile(key, output);
    return { kind: 'written', key };
  } catch (error) {
    if (watch.cancelled()) return { kind: 'cancelled' };
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const columnsOf = ({ inputs, predictionColumn, probabilities, interval }: BatchPlan) => ({
  inputs,
  predictionColumn,
  probabilities,
  ...(interval && { interval }),
});
