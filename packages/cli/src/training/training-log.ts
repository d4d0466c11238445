import type { CopiedData } from './copy-data.ts';
import type { Results } from './results.ts';

export interface CopiedModel {
  readonly version: number;
  /** where its copy is; absent when none was asked for */
  readonly place?: string;
}

export interface Copied {
  readonly data?: CopiedData | undefined;
  /** the job's versions */
  readonly models: readonly CopiedModel[];
  /** the model's champion now, of this job or an earlier one */
  readonly champion?: CopiedModel | undefined;
}

/**
 * A training job as JSON lines: one about its data, one about each of its models, one about the job and its champion.
 * Each names the job, the dataset and the model, so that any line can be read by itself.
 */
export function trainingLog({ dataset, model, trained }: Results, { data, models, champion }: Copied): string {
  const { job, versions } = trained;
  const ids = { jobId: job.id, datasetId: dataset.id, model };
  const places = new Map(models.map(({ version, place }) => [version, place]));
  const lines = [
    {
      record: 'data',
      at: job.startedAt,
      ...ids,
      dataset: dataset.name,
      rows: dataset.rows,
      target: job.request.target,
      ...(data && { train: data.train, test: data.test }),
    },
    ...versions.map(({ model: _, jobId: __, datasetId: ___, inputs, ...version }) => ({
      record: 'model',
      at: version.createdAt,
      ...ids,
      ...version,
      inputs: inputs.map(({ name }) => name),
      champion: version.version === champion?.version,
      artifact: places.get(version.version),
    })),
    {
      record: 'job',
      at: job.finishedAt,
      ...ids,
      request: job.request,
      result: job.result,
      champion: champion && { version: champion.version, artifact: champion.place },
    },
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
