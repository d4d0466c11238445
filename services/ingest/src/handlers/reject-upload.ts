import { emit, flow } from '@bellwether/contracts';
import { findDataset, markRejected } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { uploadOf } from '../domain/keys.ts';

/** An upload could not be processed at all: its dataset is rejected, so that nobody waits for it. */
export const rejectUpload: Handler<'ingest', typeof flow.uploadFailed, Deps> = async (message, deps) => {
  const upload = uploadOf(message.body.key);
  const dataset = upload && (await findDataset(deps.database.read, upload.tenantId, upload.datasetId));
  const reason = message.body.reasons.at(-1) ?? 'no reason was recorded';
  return async (tx) => {
    if (dataset === undefined) return [];
    const problem = {
      code: 'processing-failed',
      severity: 'error',
      message: `The upload could not be processed after ${message.body.reasons.length} attempts: ${reason}`,
      cure: 'Look at /v1/dead-letters for the reasons, then upload again.',
    } as const;
    if (!(await markRejected(tx, dataset.id, [problem], deps.now()))) return [];
    return [emit(flow.datasetRejected, { datasetId: dataset.id, name: dataset.name, reason: problem.message })];
  };
};
