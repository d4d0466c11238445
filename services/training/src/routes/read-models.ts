import { type MetricName, Problem } from '@bellwether/contracts';
import {
  findModel,
  findVersion,
  type ModelTable,
  type ModelVersionTable,
  modelDocument,
  nextCursor,
  listModels as selectModels,
  listVersions as selectVersions,
  versionDocument,
} from '@bellwether/database';
import { defaultMetric, metricSpecs } from '@bellwether/learning';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { leaderboard } from '../domain/leaderboard.ts';

/** `GET /v1/models` */
export const listModels: Route<'listModels', Deps> = async ({ tenantId, query }, { database }) => {
  const rows = await selectModels(database.read, tenantId, query);
  return { body: { models: rows.map(modelDocument), ...nextCursor(rows, query, (row) => row.name) } };
};

/** `GET /v1/models/{name}` */
export const getModel: Route<'getModel', Deps> = async ({ tenantId, params }, deps) => {
  return { body: modelDocument(await modelOf(tenantId, params.name, deps)) };
};

/** `GET /v1/models/{name}/versions`: the leaderboard */
export const listVersions: Route<'listVersions', Deps> = async ({ tenantId, params, query }, deps) => {
  const model = await modelOf(tenantId, params.name, deps);
  const rows = await selectVersions(deps.database.read, tenantId, model.name, query.jobId);
  const metric: MetricName =
    query.sort ?? defaultMetric[model.task === 'classification' ? 'classification' : 'regression'];
  const versions = rows.map((row) => versionDocument(row, model.champion_version));
  return {
    body: {
      versions: leaderboard(versions, metric, metricSpecs[metric].greaterIsBetter).slice(0, query.limit),
      sortedBy: metric,
    },
  };
};

/** `GET /v1/models/{name}/versions/{version}` */
export const getVersion: Route<'getVersion', Deps> = async ({ tenantId, params }, deps) => {
  const model = await modelOf(tenantId, params.name, deps);
  return { body: versionDocument(await versionOf(tenantId, params, deps), model.champion_version) };
};

export async function modelOf(tenantId: string, name: string, { database }: Deps): Promise<ModelTable> {
  const row = await findModel(database.read, tenantId, name);
  if (row !== undefined) return row;
  throw new Problem(404, 'model-not-found', `There is no model ${name}.`, {
    field: 'name',
    cure: 'List what there is with GET /v1/models, or train one.',
  });
}

export async function versionOf(
  tenantId: string,
  { name, version }: { readonly name: string; readonly version: number },
  { database }: Deps,
): Promise<ModelVersionTable> {
  const row = await findVersion(database.read, tenantId, name, version);
  if (row !== undefined) return row;
  throw versionNotFound({ name, version });
}

export function versionNotFound({ name, version }: { readonly name: string; readonly version: number }): Problem {
  return new Problem(404, 'version-not-found', `Model ${name} has no version ${version}.`, {
    field: 'version',
    cure: `List its versions with GET /v1/models/${name}/versions.`,
  });
}
