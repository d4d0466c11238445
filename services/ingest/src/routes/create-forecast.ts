import {
  emit,
  type ForecastJobPlan,
  type ForecastRequest,
  flow,
  type PipelineParameters,
  Problem,
} from '@bellwether/contracts';
import { type DatasetTable, findDataset, insertJob, type JobTable, jobDocument, type Tx } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { forecastColumns } from '../domain/forecast-columns.ts';
import { type PlannedForecast, planForecast, planPipeline } from '../domain/plan-forecast.ts';
import { managedFault } from '../domain/plan-managed.ts';
import type { Refusal } from '../domain/refusal.ts';
import { forecastJob } from '../forecasts/forecast-rows.ts';
import { datasetNotFound } from './find-dataset.ts';

/** `POST /v1/forecast-pipelines`: what the message of the queue does, for those who prefer HTTP. */
export const createForecastPipeline: Route<'createForecastPipeline', Deps> = async ({ tenantId, body }, deps) => {
  const { newId, now } = deps;
  const id = newId('job');
  const param = (body.param ?? body.body?.param) as PipelineParameters;
  const plan = accepted(planPipeline(param, id, newId), deps);
  const job = forecastJob({ id, tenantId, model: param.DataName, request: { param }, plan }, now());
  return { commit: (tx) => accept(tx, job) };
};

/** `POST /v1/datasets/{id}/forecasts` */
export const createForecast: Route<'createForecast', Deps> = async ({ tenantId, params, body }, deps) => {
  const { newId, now } = deps;
  const dataset = await readyDataset(tenantId, params.id, 'id', deps);
  const future =
    body.futureId === undefined ? undefined : await readyDataset(tenantId, body.futureId, 'futureId', deps);
  const columns = columnsOf(body, dataset, future);
  const plan = accepted(planForecast(body, dataset.id, columns, newId), deps);
  const id = newId('job');
  const request = { ...body, ...columns };
  const job = forecastJob({ id, tenantId, model: body.model ?? dataset.name, request, plan }, now());
  return { commit: (tx) => accept(tx, job) };
};

async function accept(tx: Tx, job: JobTable) {
  await insertJob(tx, job);
  const messages = [emit(flow.forecastRequested, { jobId: job.id }, { jobId: job.id })];
  return { body: { job: jobDocument(job) }, messages };
}

function accepted(planned: PlannedForecast, { config }: Deps): ForecastJobPlan {
  if (!planned.ok) throw problemOf(planned.refusal);
  const unfit = managedFault(planned.plan, config);
  if (unfit !== undefined) throw problemOf(unfit);
  return planned.plan;
}

const problemOf = ({ code, detail, field, cure }: Refusal) => new Problem(422, code, detail, { field, cure });

async function readyDataset(tenantId: string, id: string, field: string, { database }: Deps): Promise<DatasetTable> {
  const dataset = await findDataset(database.read, tenantId, id);
  if (dataset === undefined) throw datasetNotFound(id);
  if (dataset.status === 'ready') return dataset;
  throw new Problem(409, 'dataset-not-ready', `Dataset ${dataset.id} is ${dataset.status}.`, {
    field,
    cure: dataset.status === 'rejected' ? 'Mend its problems and upload it again.' : 'Wait until its status is ready.',
  });
}

function columnsOf(
  request: ForecastRequest,
  dataset: DatasetTable,
  future: DatasetTable | undefined,
): ForecastJobPlan['columns'] {
  const found = forecastColumns(request, {
    schema: JSON.parse(dataset.schema ?? '[]'),
    roles: JSON.parse(dataset.roles),
    problems: JSON.parse(dataset.problems),
    ...(dataset.profile === null ? {} : { profile: JSON.parse(dataset.profile) }),
    ...(future === undefined ? {} : { future: JSON.parse(future.schema ?? '[]') }),
  });
  if (found.ok) return found.columns;
  throw problemOf(found.refusal);
}
