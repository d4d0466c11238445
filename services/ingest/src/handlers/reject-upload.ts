import { emit, flow } from '@bellwether/contracts';
import { lockDataset, markRejected } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { uploadOf } from '../domain/keys.ts';

/** An upload could not be processed at all: its dataset is rejected, so that nobody waits for it. */
export const rejectUpload: Handler<'ingest', typeof flow.uploadFailed, Deps> = async ({ body }, { now }) => {
  const upload = uploadOf(body.key);
  const reason = body.reasons.at(-1) ?? 'no reason was recorded';
  return async (tx) => {
    const dataset = upload && (await lockDataset(tx, upload.tenantId, upload.datasetId));
    if (dataset === undefined) return [];
    // Another upload under the same key is the one that the dataset is made of.
    if (dataset.upload_etag !== null && dataset.upload_etag !== body.etag) return [];
    const problem = {
      code: 'processing-failed',
      severity: 'error',
      message: `The upload could not be processed after ${body.reasons.length} attempts: ${reason}`,
      cure: 'Look at /v1/dead-letters for the reasons, then upload again.',
    } as const;
    if (!(await markRejected(tx, dataset.id, [problem], now()))) return [];
    return [emit(flow.datasetRejected, { datasetId: dataset.id, name: dataset.name, reason: problem.message })];
  };
};
