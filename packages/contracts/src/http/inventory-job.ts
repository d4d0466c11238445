import { z } from 'zod';
import { type Job, JobKind, JobStatus } from './jobs.ts';
import { Metrics } from './models.ts';
import { Id, Name, Time } from './operation.ts';

/** A job in the words of the inventory routes. */
export const InventoryJob = z
  .object({
    job_id: Id,
    kind: JobKind,
    status: JobStatus,
    progress: z.number().min(0).max(1),
    model: Name.optional(),
    dataset_id: Id.optional().meta({ description: 'What it reads' }),
    train_dataset_id: Id.optional(),
    test_dataset_id: Id.optional(),
    actual_dataset_id: Id.optional().meta({ description: 'The real values of the test set: `actual` of /results' }),
    prediction_dataset_id: Id.optional().meta({ description: 'The predicted test set: `prediction` of /results' }),
    training_job_id: Id.optional().meta({ description: 'Whose model predicts' }),
    version: z.int().optional().meta({ description: 'Of the model: the champion after a training, or what predicts' }),
    metrics: Metrics.optional(),
    error: z.object({ code: z.string(), detail: z.string() }).optional(),
    created_at: Time,
    started_at: Time.optional(),
    finished_at: Time.optional(),
  })
  .meta({ id: 'InventoryJob', description: 'One asynchronous piece of work, as the inventory routes show it' });
export type InventoryJob = z.infer<typeof InventoryJob>;

/** What the kinds of jobs say in `request` and `result`. */
interface Said {
  readonly datasets?: { readonly train?: string; readonly test?: string; readonly actuals?: string };
  readonly datasetId?: string;
  readonly trainingJobId?: string;
  readonly champion?: number | null;
  readonly version?: number;
  readonly metrics?: z.infer<typeof Metrics>;
}

/** `object` without what is undefined: an absent thing is absent in JSON. */
type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const present = <T extends object>(object: T): Present<T> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Present<T>;

/** A job as the inventory routes show it. */
export function inventoryJob(job: Job): InventoryJob {
  const request = job.request as Said;
  const result = (job.result ?? {}) as Said;
  return {
    job_id: job.id,
    kind: job.kind,
    status: job.status,
    progress: job.progress,
    ...present({
      model: job.model,
      dataset_id: job.datasetId,
      train_dataset_id: result.datasets?.train,
      test_dataset_id: result.datasets?.test,
      actual_dataset_id: result.datasets?.actuals,
      prediction_dataset_id: job.kind === 'batch-prediction' ? result.datasetId : undefined,
      training_job_id: request.trainingJobId,
      version: result.champion ?? result.version,
      metrics: result.metrics,
      error: job.error,
      started_at: job.startedAt,
      finished_at: job.finishedAt,
    }),
    created_at: job.createdAt,
  };
}
