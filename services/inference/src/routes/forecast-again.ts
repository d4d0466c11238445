import {
  type Column,
  type ForecastAgainRequest,
  type ForecastFormat,
  type ForecastJobPlan,
  Problem,
} from '@bellwether/contracts';
import { type ForecasterTable, findDataset, findForecaster, getJob, type JobTable } from '@bellwether/database';
import { describeFrequency, type PanelSchema } from '@bellwether/forecasting';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { type AgainRequest, type Forecast, forecastInChild } from '../forecasting/again/forecast-in-child.ts';
import { openTurns } from '../forecasting/again/turns.ts';
import { planOf, readForecaster, readPanel } from '../forecasting/forecaster.ts';
import { readyDataset } from './find-dataset.ts';

/** Gateways give an answer 29 seconds. */
const patience = 27_000;
/** Each is a process, and online predictions want a core too. */
const inTurn = openTurns(2);

/** `POST /v1/models/{name}/forecasts` */
export const forecastAgain: Route<'forecastAgain', Deps> = async ({ tenantId, params, body, header }, deps) => {
  const { database } = deps;
  const forecaster = await findForecaster(database.read, tenantId, params.name, body.version);
  const job = forecaster && (await getJob(database.read, forecaster.job_id));
  if (forecaster === undefined || job === undefined) throw forecasterNotFound(params.name, body.version);
  const { schema } = await readPanel((await readForecaster(forecaster.artifact_key, deps)).panelKey, deps);
  const request: AgainRequest = {
    format: body.format ?? formatOf(header('accept')),
    ...(body.items === undefined ? {} : { items: body.items }),
    ...(await tablesOf(job, body, schema, deps)),
  };
  const signal = AbortSignal.timeout(patience);
  try {
    const end = await inTurn(() => forecastInChild(forecaster, job, request, deps, signal), signal);
    if (end.kind === 'refused') {
      throw new Problem(422, end.code, end.detail, { field: 'items', cure: 'Name items that it knows, 100 at most.' });
    }
    return await answerOf(end.result, forecaster, describeFrequency(schema.frequency), deps);
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new Problem(503, 'forecast-too-slow', 'The forecasts took longer than an answer may.', {
      cure: 'Ask for fewer items.',
    });
  }
};

/** Keys of the tables that a request names, once they have the columns that they need. */
async function tablesOf(
  job: JobTable,
  { datasetId, futureId }: ForecastAgainRequest,
  { known }: PanelSchema,
  deps: Deps,
): Promise<Pick<AgainRequest, 'history' | 'future'>> {
  const columns = columnsHere(job);
  const table = async (id: string | undefined, field: string, needed: readonly string[]) =>
    id === undefined ? undefined : tableWith(needed, await readyDataset(job.tenant_id, id, deps, field), field);
  const future = await table(futureId, 'futureId', [columns.time]);
  const names = known.map(({ name }) => name);
  if (future !== undefined && !names.some((name) => future.names.has(name))) throw knownMissing(names);
  const target = await table(datasetId, 'datasetId', Object.values(columns));
  const related = target && (await relatedOf(job, deps));
  return {
    ...(target === undefined ? {} : { history: { target: target.key, ...(related === undefined ? {} : { related }) } }),
    ...(future === undefined ? {} : { future: future.key }),
  };
}

async function answerOf(forecast: Forecast, { model, version }: ForecasterTable, frequency: string, { store }: Deps) {
  switch (forecast.kind) {
    case 'rows':
      return { body: { model, version, frequency, forecasts: forecast.rows.map(rowOf) } };
    case 'text':
      return { headers: { 'content-type': 'text/csv; charset=utf-8' }, stream: only(forecast.text) };
    case 'object': {
      const fileName = `${model.replaceAll(' ', '_')}-forecasts.parquet`;
      const location = await store.signDownload(forecast.key, { expiresInSeconds: 300, fileName });
      // As with predictions, bytes come from the store: gateways spoil those that are no text.
      return { status: 303, location, stream: only('') };
    }
  }
}

const parquetTypes = ['application/vnd.apache.parquet', 'application/x-parquet', 'application/parquet'];

/** The form of the answer that a client accepts; JSON where it takes anything. */
function formatOf(accept = ''): ForecastFormat {
  const types = accept.split(',').map((type) => type.replace(/;.*/, '').trim().toLowerCase());
  const first = types.find((type) => type === 'text/csv' || type === 'application/json' || parquetTypes.includes(type));
  if (first === undefined || first === 'application/json') return 'json';
  return first === 'text/csv' ? 'csv' : 'parquet';
}

async function* only(text: string) {
  if (text !== '') yield text;
}

const rowOf = <Row extends { readonly quantiles: Readonly<Record<string, number>> }>(row: Row) => ({
  ...row,
  quantiles: { ...row.quantiles },
});

function forecasterNotFound(name: string, version: number | undefined): Problem {
  const what = version === undefined ? 'no forecaster' : `no version ${version} of a forecaster`;
  return new Problem(404, 'forecaster-not-found', `There is ${what} ${name}.`, {
    field: version === undefined ? 'name' : 'version',
    cure: `List what there is with GET /v1/models/${name}/forecasters.`,
  });
}

/** Columns of what a forecaster of ours was trained on; SageMaker's cannot be asked at once. */
function columnsHere(job: JobTable): ForecastJobPlan['columns'] {
  const { columns, managed } = planOf(job);
  if (managed === undefined) return columns;
  const detail = `${job.model} was found by AutoML of SageMaker, whose forecasts are jobs of many minutes.`;
  throw new Problem(422, 'forecaster-managed', detail, {
    field: 'name',
    cure: 'Ask for new forecasts of the newer history, or for a forecaster with backend "local".',
  });
}

function knownMissing(known: readonly string[]): Problem {
  const detail = known.length === 0 ? 'It was trained without known columns.' : `It knows ${known.join(', ')} ahead.`;
  return new Problem(422, 'known-missing', detail, {
    field: 'futureId',
    cure: 'Give at least one of its known columns.',
  });
}

/** Key and columns of a dataset's table, if that has those that are needed. */
function tableWith(
  needed: readonly string[],
  dataset: Awaited<ReturnType<typeof readyDataset>>,
  field: string,
): { readonly key: string; readonly names: ReadonlySet<string> } {
  const names = new Set((JSON.parse(dataset.schema ?? '[]') as Column[]).map(({ name }) => name));
  const missing = needed.find((name) => !names.has(name));
  if (missing === undefined) return { key: dataset.data_key, names };
  throw new Problem(422, 'column-missing', `Dataset ${dataset.id} has no column ${missing}.`, {
    field,
    cure: 'Name its columns as those that the forecaster was trained on.',
  });
}

/** The table of known columns that it was trained with, if it is still there. */
async function relatedOf(job: JobTable, { database }: Deps): Promise<string | undefined> {
  const dataset = await findDataset(database.read, job.tenant_id, planOf(job).datasets.related);
  return dataset?.data_key ?? undefined;
}
