import { inventoryJob, underFields } from '@bellwether/contracts';
import type { DatasetTable } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import type { DatedTable } from '../domain/date-column.ts';
import type { EnrichmentPlan } from '../domain/plan-enrichment.ts';
import { preprocessingRequest } from '../domain/plan-preprocessing.ts';
import { acceptEnrichment } from '../jobs/accept-enrichment.ts';

const fields = {
  id: 'datasetId',
  series: 'series_ids',
  'steps[0]': 'series_ids',
  'split.target': 'target',
  'split.date': 'date',
  'split.column': 'group_column',
};

/** `POST /preprocess/{datasetId}`: an enrichment of one macro step and a split. */
export const preprocess: Route<'preprocess', Deps> = async ({ tenantId, params, body }, deps) => {
  const { datasetId } = params;
  const request = (dataset: DatasetTable) => preprocessingRequest(body, tableOf(dataset));
  const { plan, commit } = await underFields(fields, () => acceptEnrichment({ tenantId, datasetId, request }, deps));
  return {
    commit: async (tx) => {
      const { body: accepted, messages } = await commit(tx);
      return { body: { ...inventoryJob(accepted.job), ...outputIds(plan) }, messages };
    },
  };
};

const tableOf = ({ schema, roles, profile, problems }: DatasetTable): DatedTable => ({
  columns: JSON.parse(schema ?? '[]'),
  roles: JSON.parse(roles),
  profile: profile === null ? undefined : JSON.parse(profile),
  problems: JSON.parse(problems),
});

/** Promised before they are there, so that a script need not ask again. */
function outputIds({ outputs }: EnrichmentPlan) {
  const idOf = (part: string) => outputs.find((output) => output.part === part)?.datasetId ?? '';
  return { train_dataset_id: idOf('train'), test_dataset_id: idOf('test'), actual_dataset_id: idOf('actuals') };
}
