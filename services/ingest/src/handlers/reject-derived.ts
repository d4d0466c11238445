import { emit, flow } from '@bellwether/contracts';
import { insertDataset } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { derivedRow } from '../domain/derived-row.ts';
import { isRegistered } from './register-derived.ts';

/** A derived table could not be registered at all: it is a rejected dataset, so that its job does not wait for it. */
export const rejectDerived: Handler<'ingest', typeof flow.derivationFailed, Deps> = async (message, { now }) => {
  const { datasetId, name, reasons } = message.body;
  const problem = {
    code: 'processing-failed',
    severity: 'error',
    message: `The table could not be registered after ${reasons.length} attempts: ${reasons.at(-1) ?? 'no reason was recorded'}`,
    cure: 'Look at /v1/dead-letters for the reasons, then ask for the enrichment again.',
  } as const;
  return async (tx) => {
    if (await isRegistered(tx, datasetId)) return [];
    await insertDataset(tx, derivedRow(message, { ok: false, problems: [problem] }, now()));
    return [emit(flow.datasetRejected, { datasetId, name, reason: problem.message })];
  };
};
