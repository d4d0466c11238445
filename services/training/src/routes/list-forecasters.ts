import type { Forecaster, ForecastJobProgress } from '@bellwether/contracts';
import { type ForecasterTable, getJob, listForecasters as listRows, nextCursor } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import type { ForecasterSummary } from '../forecasting/store-forecaster.ts';

/** `GET /v1/models/{name}/forecasters` */
export const listForecasters: Route<'listForecasters', Deps> = async ({ tenantId, params, query }, { database }) => {
  const rows = await listRows(database.read, tenantId, params.name, query);
  const forecasters: Forecaster[] = [];
  for (const row of rows) {
    const job = await getJob(database.read, row.job_id);
    const { metrics = {} } = JSON.parse(job?.result ?? '{}') as Partial<ForecastJobProgress>;
    forecasters.push(forecasterDocument(row, metrics));
  }
  return { body: { forecasters, ...nextCursor(rows, query, ({ version }) => String(version)) } };
};

function forecasterDocument(row: ForecasterTable, metrics: Readonly<Record<string, number>>): Forecaster {
  const { predictors, quantiles, hyperparameters, ...summary } = JSON.parse(row.summary) as ForecasterSummary;
  return {
    model: row.model,
    version: row.version,
    jobId: row.job_id,
    datasetId: row.dataset_id,
    ...summary,
    predictors: [...predictors],
    quantiles: [...quantiles],
    ...(hyperparameters === undefined ? {} : { hyperparameters: { ...hyperparameters } }),
    metrics: { ...metrics },
    createdAt: new Date(row.created_at).toISOString(),
  };
}
