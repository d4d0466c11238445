import { Problem } from '@bellwether/contracts';
import {
  evaluationDocument,
  findEvaluation,
  nextCursor,
  listEvaluations as selectEvaluations,
} from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';

/** `GET /v1/evaluations` */
export const listEvaluations: Route<'listEvaluations', Deps> = async ({ tenantId, query }, { database }) => {
  const rows = await selectEvaluations(database.read, tenantId, query);
  return { body: { evaluations: rows.map(evaluationDocument), ...nextCursor(rows, query, (row) => row.id) } };
};

/** `GET /v1/evaluations/{id}`. Another tenant's is as unknown as one that never was. */
export const getEvaluation: Route<'getEvaluation', Deps> = async ({ tenantId, params }, { database }) => {
  const row = await findEvaluation(database.read, tenantId, params.id);
  if (row !== undefined) return { body: evaluationDocument(row) };
  throw new Problem(404, 'evaluation-not-found', `There is no evaluation ${params.id}.`, {
    field: 'id',
    cure: 'List what there is with GET /v1/evaluations; one is there when its job has succeeded.',
  });
};
