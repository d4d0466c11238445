import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type DataProblem, emit, flow } from '@bellwether/contracts';
import {
  type DatasetTable,
  findDatasetById,
  hasOlderAppends,
  inheritFrom,
  lockDataset,
  markReady,
  markRejected,
  newestUploadOf,
} from '@bellwether/database';
import { appendRows, checkRows, type GivenRow } from '@bellwether/datasets';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { type StoredTable, storeTable } from '../tables/store-table.ts';
import { reasonOf } from './validate-upload.ts';

/** How long rows wait for those that were accepted before them. */
const waitSeconds = 1;

/**
 * Rows were accepted: put them behind those of the newest dataset of their name that was there before them. Appends of
 * a name are done one after the other, or each would lack the rows of the other.
 */
export const storeAppended: Handler<'ingest', typeof flow.rowsAppended, Deps> = async (
  { body, tenantId },
  deps,
  { signal },
) => {
  const { database, now } = deps;
  const row = await findDatasetById(database.read, body.datasetId);
  if (row?.status !== 'validating' || row.tenant_id !== tenantId) return async () => [];
  const later = emit(flow.rowsAppended, body, { delaySeconds: waitSeconds });
  if (await hasOlderAppends(database.read, row)) return async () => [later];
  const base = await newestUploadOf(database.read, tenantId, row.name, row.id);
  const stored =
    base?.data_key == null ? noBase(row) : await appendTo({ ...base, data_key: base.data_key }, row, deps, signal);

  return async (tx) => {
    if ((await lockDataset(tx, tenantId, row.id)) === undefined) return [];
    const about = { datasetId: row.id, name: row.name };
    if (!stored.ok) {
      if (!(await markRejected(tx, row.id, stored.problems, now()))) return [];
      return [emit(flow.datasetRejected, { ...about, reason: reasonOf(stored.problems) })];
    }
    // An upload of the name may have become ready meanwhile.
    if ((await newestUploadOf(tx, tenantId, row.name, row.id))?.id !== base?.id) return [later];
    if (!(await markReady(tx, row.id, stored.validated, now()))) return [];
    await inheritFrom(tx, row.id, base as DatasetTable);
    const { profile, schema } = stored.validated;
    return [emit(flow.datasetReady, { ...about, rows: profile.rows, columns: schema.length })];
  };
};

/** Rows could not be appended at all: their dataset is rejected, so that nobody waits for it. */
export const rejectAppended: Handler<'ingest', typeof flow.appendFailed, Deps> = async (
  { body, tenantId },
  { now },
) => {
  const reason = body.reasons.at(-1) ?? 'no reason was recorded';
  return async (tx) => {
    const row = await lockDataset(tx, tenantId, body.datasetId);
    if (row === undefined) return [];
    const problem = {
      code: 'processing-failed',
      severity: 'error',
      message: `The rows could not be appended after ${body.reasons.length} attempts: ${reason}`,
      cure: 'Look at /v1/dead-letters for the reasons, then append them again.',
    } as const;
    if (!(await markRejected(tx, row.id, [problem], now()))) return [];
    return [emit(flow.datasetRejected, { datasetId: row.id, name: row.name, reason: problem.message })];
  };
};

async function appendTo(
  base: DatasetTable & { readonly data_key: string },
  row: DatasetTable,
  deps: Deps,
  signal: AbortSignal,
): Promise<StoredTable> {
  const { config, store, workFolder, newId } = deps;
  const rows = JSON.parse((await buffer(await store.get(row.upload_key ?? ''))).toString('utf8')) as GivenRow[];
  // Once more: since they were accepted, another table may have been uploaded under the name.
  const checked = checkRows(rows, JSON.parse(base.schema ?? '[]'));
  if (!checked.ok) return checked;
  const output = join(workFolder, `${newId('at')}.parquet`);
  try {
    await using source = await store.localCopy(base.data_key);
    const memoryBytes = (config.PARSE_MEMORY_MB * 2 ** 20) / 2;
    const appended = await appendRows(source.path, { ...checked, output, folder: workFolder, memoryBytes });
    if (!appended.ok) return appended;
    const table = { source: output, tenantId: row.tenant_id, datasetId: row.id, format: 'parquet' } as const;
    return await storeTable({ ...table, roles: JSON.parse(base.roles) }, deps, signal);
  } finally {
    await rm(output, { force: true });
  }
}

function noBase({ name }: DatasetTable): { readonly ok: false; readonly problems: readonly DataProblem[] } {
  const message = `The dataset ${name}, to which the rows belong, was deleted.`;
  return { ok: false, problems: [{ code: 'dataset-not-found', severity: 'error', message, cure: 'Upload it again.' }] };
}
