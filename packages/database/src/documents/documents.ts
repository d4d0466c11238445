import type { Dataset, Evaluation, Job, JobEvent, Model, ModelVersion } from '@bellwether/contracts';
import type { JobEventRow } from '../queries/job-events.ts';
import type { DatasetTable } from '../tables/datasets.ts';
import type { JobTable } from '../tables/jobs.ts';
import type { ModelTable, ModelVersionTable } from '../tables/models.ts';
import type { EvaluationTable } from '../tables/predictions.ts';

const time = (ms: number): string => new Date(ms).toISOString();

/** `{ [key]: value }`, or nothing when there is none: an absent thing is absent in JSON, not null. */
function given<Key extends string, Value, Shown>(
  key: Key,
  value: Value | null | undefined,
  show: (value: Value) => Shown,
): { [K in Key]?: Shown } {
  return (value === null || value === undefined ? {} : { [key]: show(value) }) as { [K in Key]?: Shown };
}

const same = <Value>(value: Value): Value => value;

/** A dataset's row as the API shows it. */
export function datasetDocument(row: DatasetTable): Dataset {
  return {
    id: row.id,
    name: row.name,
    status: row.status,
    roles: JSON.parse(row.roles),
    problems: JSON.parse(row.problems),
    parents: JSON.parse(row.parents),
    ...given('format', row.format, same),
    ...given('rows', row.row_count, same),
    ...given('bytes', row.bytes, same),
    ...given('schema', row.schema, JSON.parse),
    ...given('profile', row.profile, JSON.parse),
    ...given('recipe', row.recipe, JSON.parse),
    createdAt: time(row.created_at),
    updatedAt: time(row.updated_at),
  };
}

/** A job's row as the API shows it. */
export function jobDocument(row: JobTable): Job {
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    progress: row.progress,
    request: JSON.parse(row.request),
    ...given('model', row.model, same),
    ...given('datasetId', row.dataset_id, same),
    ...given('parentId', row.parent_id, same),
    ...given('result', row.result, JSON.parse),
    ...given('error', row.error_code, (code) => ({ code, detail: row.error_detail ?? '' })),
    createdAt: time(row.created_at),
    ...given('startedAt', row.started_at, time),
    ...given('finishedAt', row.finished_at, time),
  };
}

/** A line of a timeline as the API shows it. */
export function jobEventDocument(row: JobEventRow): JobEvent {
  return { sequence: row.sequence, type: row.type, at: time(row.at), body: JSON.parse(row.body) };
}

/** A model's row as the API shows it. */
export function modelDocument(row: ModelTable): Model {
  return {
    name: row.name,
    revision: row.revision,
    versions: row.last_version,
    ...given('task', row.task as Model['task'] | null, same),
    ...given('champion', row.champion_version, same),
    ...given('retention', row.retention, JSON.parse),
    createdAt: time(row.created_at),
    updatedAt: time(row.updated_at),
  };
}

/** A version's row as the API shows it. */
export function versionDocument(row: ModelVersionTable, champion: number | null): ModelVersion {
  return {
    model: row.model,
    version: row.version,
    algorithm: row.algorithm as ModelVersion['algorithm'],
    hyperparameters: JSON.parse(row.hyperparameters),
    task: row.task as ModelVersion['task'],
    metrics: JSON.parse(row.metrics),
    ...given('validationMetrics', row.validation_metrics, JSON.parse),
    champion: row.version === champion,
    jobId: row.job_id,
    trialId: row.trial_id,
    datasetId: row.dataset_id,
    target: row.target,
    inputs: JSON.parse(row.inputs),
    trainedRows: row.trained_rows,
    holdoutRows: row.holdout_rows,
    duration: row.duration,
    logTarget: row.log_target === 1,
    seed: row.seed,
    backend: row.backend,
    codeVersion: row.code_version,
    tags: JSON.parse(row.tags),
    ...given('recipe', row.recipe, JSON.parse),
    artifactBytes: row.artifact_bytes,
    createdAt: time(row.created_at),
  };
}

/** An evaluation's row as the API shows it. */
export function evaluationDocument(row: EvaluationTable): Evaluation {
  return {
    id: row.id,
    jobId: row.job_id,
    predictionsId: row.predictions_id,
    actualsId: row.actuals_id,
    task: row.task,
    column: row.actual_column,
    predictionColumn: row.prediction_column,
    ...given('rowId', row.row_id, same),
    rows: row.row_count,
    metrics: JSON.parse(row.metrics),
    ...given('model', row.model, same),
    ...given('version', row.version, same),
    createdAt: time(row.created_at),
  };
}
