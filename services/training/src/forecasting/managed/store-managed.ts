import { readFile } from 'node:fs/promises';
import type { ForecastJobPlan } from '@bellwether/contracts';
import type { ForecasterTable, ForecastFitTable, JobTable } from '@bellwether/database';
import { describeFrequency } from '@bellwether/forecasting';
import type { ManagedForecaster } from '@bellwether/sagemaker/automl';
import type { Deps } from '../../deps.ts';
import { readPanel } from '../panel.ts';
import type { ForecasterSummary } from '../store-forecaster.ts';

export interface FoundForecaster {
  readonly row: Omit<ForecasterTable, 'version'>;
  readonly notes: readonly string[];
}

/** The row of a forecaster that AutoML found, whose artifact its one fit has stored. */
export async function foundForecaster(job: JobTable, fit: ForecastFitTable, deps: Deps): Promise<FoundForecaster> {
  const artifactKey = fit.output_key ?? '';
  await using copy = await deps.store.localCopy(artifactKey);
  const { panelKey, notes, candidate } = JSON.parse(await readFile(copy.path, 'utf8')) as ManagedForecaster;
  const { plan, schema, facts } = await readPanel(panelKey, deps);
  const summary: ForecasterSummary = {
    horizon: plan.horizon,
    frequency: describeFrequency(schema.frequency),
    items: facts.items,
    predictors: [candidate],
    quantiles: plan.quantiles,
  };
  const row = {
    tenant_id: job.tenant_id,
    model: job.model ?? '',
    job_id: job.id,
    dataset_id: (JSON.parse(job.plan ?? '{}') as ForecastJobPlan).datasets.target,
    summary: JSON.stringify(summary),
    artifact_key: artifactKey,
    created_at: deps.now(),
  };
  return { row, notes };
}
