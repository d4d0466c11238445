import { readFile } from 'node:fs/promises';
import type { ForecastJobPlan } from '@bellwether/contracts';
import type { ForecasterTable, ForecastFitTable, JobTable } from '@bellwether/database';
import {
  boostedTreesName,
  decodeSummary,
  describeFrequency,
  encodeSummary,
  type ForecasterIndex,
  type FoundByModel,
  hyperparametersIn,
  mergeSummaries,
  type PanelIndex,
} from '@bellwether/forecasting';
import type { Deps } from '../deps.ts';
import { readFound } from './found.ts';
import { globalModelKeys } from './global-fits.ts';
import { forecasterPrefix, summaryKeyOf } from './keys.ts';
import { readPanel } from './panel.ts';

/** Puts the parts of a forecaster together: an index of its objects, under a key of this attempt, and its row. */
export async function storeForecaster(
  job: JobTable,
  panelKey: string,
  fits: readonly ForecastFitTable[],
  deps: Deps,
): Promise<Omit<ForecasterTable, 'version'>> {
  const { store, newId, now } = deps;
  const panel = await readPanel(panelKey, deps);
  const backtestKeys = fits.flatMap(({ stage, output_key }) => (stage === 'chunk' && output_key ? [output_key] : []));
  const globalModelKey = globalModelKeys(panel, fits).get('final');
  const prefix = `${forecasterPrefix(job.tenant_id, job.id)}${newId('at')}`;
  const summaryKey = `${prefix}.summary`;
  await store.put(summaryKey, encodeSummary(await mergedSummary(backtestKeys, deps)));
  const found = await readFound(fits, deps);
  const index: ForecasterIndex = {
    panelKey,
    hyperparameters: hyperparametersIn(found),
    summaryKey,
    backtestKeys,
    ...(globalModelKey === undefined ? {} : { globalModelKey }),
  };
  const artifactKey = `${prefix}.json`;
  await store.put(artifactKey, new TextEncoder().encode(JSON.stringify(index)), { contentType: 'application/json' });
  return {
    tenant_id: job.tenant_id,
    model: job.model ?? '',
    job_id: job.id,
    dataset_id: (JSON.parse(job.plan ?? '{}') as ForecastJobPlan).datasets.target,
    summary: JSON.stringify(summaryOf(panel, found)),
    artifact_key: artifactKey,
    created_at: now(),
  };
}

async function mergedSummary(backtestKeys: readonly string[], { store }: Deps) {
  const summaries = [];
  for (const key of backtestKeys) {
    await using copy = await store.localCopy(summaryKeyOf(key));
    summaries.push(decodeSummary(await readFile(copy.path)));
  }
  return mergeSummaries(summaries);
}

/** What a list of forecasters shows. */
export interface ForecasterSummary {
  readonly horizon: number;
  readonly frequency: string;
  readonly items: number;
  readonly predictors: readonly string[];
  readonly quantiles: readonly number[];
  /** what was searched for, by model */
  readonly hyperparameters?: FoundByModel;
}

function summaryOf({ plan, schema, facts }: PanelIndex, found: FoundByModel): ForecasterSummary {
  return {
    horizon: plan.horizon,
    frequency: describeFrequency(schema.frequency),
    items: facts.items,
    predictors: [...plan.predictors, ...(plan.boostedTrees === undefined ? [] : [boostedTreesName])],
    quantiles: plan.quantiles,
    ...(Object.keys(found).length === 0 ? {} : { hyperparameters: found }),
  };
}
