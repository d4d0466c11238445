import type { BatchPlan } from '../domain/batch-plan.ts';

/** What the child process is asked: plain data and paths of local files. */
export interface PredictionTask {
  /** the dataset's Parquet file */
  readonly table: string;
  /** the version's `model.tar.gz` */
  readonly artifact: string;
  /** Parquet file to write */
  readonly output: string;
  /** where to write the encoded rows for a transform job, instead of predictions */
  readonly rows?: string;
  /** what a transform job predicted, line by line; it is not predicted here then */
  readonly predicted?: string;
  /** for spilled data */
  readonly folder: string;
  readonly columns: Pick<BatchPlan, 'inputs' | 'predictionColumn' | 'probabilities' | 'interval'>;
}
