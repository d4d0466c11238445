import { findDataset, lockAutomationsOf, noteCountedRows, type Tx } from '@bellwether/database';
import type { Deps } from '../deps.ts';
import { beginRun } from './begin-run.ts';
import { judgeDataset } from './judge-dataset.ts';

/** Where ingest puts rows that are to be appended. */
const rowsPrefix = 'rows/';

/**
 * Begins the runs that a dataset leads to. Only what was uploaded does: what enrichments and predictions make may have
 * the name of what they are made of, and an automation would call itself for ever.
 */
export async function beginByDataset(tx: Tx, tenantId: string, datasetId: string, deps: Pick<Deps, 'newId' | 'now'>) {
  const dataset = await findDataset(tx, tenantId, datasetId);
  if (dataset?.status !== 'ready' || dataset.upload_key === null) return [];
  const isAppended = dataset.upload_key.startsWith(rowsPrefix);
  const arrival = { id: dataset.id, rows: dataset.row_count ?? 0, isAppended };
  const messages = [];
  for (const automation of await lockAutomationsOf(tx, tenantId, dataset.name)) {
    const { runs, counted } = judgeDataset(automation, arrival);
    if (counted !== undefined) await noteCountedRows(tx, automation.id, counted);
    if (runs) messages.push(...(await beginRun(tx, automation, { key: dataset.id, datasetId: dataset.id }, deps)));
  }
  return messages;
}
