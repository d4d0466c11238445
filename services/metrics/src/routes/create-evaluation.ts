import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { acceptEvaluation } from '../jobs/accept-evaluation.ts';

/** `POST /v1/evaluations` */
export const createEvaluation: Route<'createEvaluation', Deps> = async ({ tenantId, body }, deps) => {
  return { commit: await acceptEvaluation(tenantId, body, deps) };
};
