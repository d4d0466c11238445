import type { Service } from '@bellwether/contracts';

/** How large one task of a service is, and how many there may be. */
export interface ServiceSize {
  /** CPU units, 1,024 a core */
  readonly cpu: number;
  readonly memoryMiB: number;
  /** of the task's own disk; 20 is what Fargate gives without asking more */
  readonly diskGiB?: number;
  readonly maxTasks: number;
  /** messages that may wait for one running task before another one is started, by queue */
  readonly backlogPerTask: Readonly<Record<string, number>>;
}

/** Of each task: the pool of the MySQL adapter. */
export const connectionsPerTask = 10;

/**
 * Backlogs are a wait of about five minutes: an upload of the usual size takes 10 s and two are read at once, a trial
 * takes a minute on one of two workers, anything else some milliseconds.
 */
export const sizes: Readonly<Record<Service, ServiceSize>> = {
  // Two uploads at once, each up to MAX_UPLOAD_BYTES with its Parquet file beside it, in a child of PARSE_MEMORY_MB.
  ingest: {
    cpu: 1024,
    memoryMiB: 3072,
    diskGiB: 40,
    maxTasks: 4,
    backlogPerTask: { ingest: 60, 'ingest-pipelines': 1000, 'ingest-exports': 60 },
  },
  enrichment: { cpu: 1024, memoryMiB: 4096, diskGiB: 40, maxTasks: 3, backlogPerTask: { enrichment: 60 } },
  training: {
    cpu: 2048,
    memoryMiB: 8192,
    diskGiB: 40,
    maxTasks: 8,
    backlogPerTask: { training: 1000, 'training-trials': 10, 'training-fits': 20 },
  },
  // Requests, by which it grows as by CPU, see below; and two tables being predicted at once, each in a child of its own.
  inference: {
    cpu: 1024,
    memoryMiB: 4096,
    diskGiB: 40,
    maxTasks: 6,
    backlogPerTask: { inference: 1000, 'inference-batches': 10, 'inference-items': 60, 'inference-parts': 60 },
  },
  // Two evaluations at once, each with the copies of two tables.
  metrics: {
    cpu: 256,
    memoryMiB: 2048,
    diskGiB: 40,
    maxTasks: 2,
    backlogPerTask: { metrics: 5000, 'metrics-evaluations': 60, 'metrics-scores': 60 },
  },
};

/** Services answer requests too: above this use of their CPU another task is started. */
export const cpuTargetPercent = 60;
