import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ForecastFormat, mostForecastItems, Problem } from '@bellwether/contracts';
import type { ForecasterTable, JobTable } from '@bellwether/database';
import { chunkKey, type ForecasterIndex, mayHold, type PanelIndex } from '@bellwether/forecasting';
import { type ChildEnd, runInChild } from '@bellwether/platform';
import type { Deps } from '../../deps.ts';
import { forecastsPrefix, planOf, readForecaster, readTunedPanel } from '../forecaster.ts';
import { type Bring, inFolder } from '../in-folder.ts';
import type { AgainResult, AgainTask } from './again-task.ts';

const program = new URL('./child.ts', import.meta.url);

export interface AgainRequest {
  readonly items?: readonly string[];
  readonly format: ForecastFormat;
  /** keys of tables: history in the place of that which it was trained on, with its related table */
  readonly history?: { readonly target: string; readonly related?: string };
  /** key of a table with other values of known columns */
  readonly future?: string;
}

/** The answer: rows, a table as text, or the key of one as an object. */
export type Forecast =
  | { readonly kind: 'rows'; readonly rows: AgainResult['forecasts'] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'object'; readonly key: string };

/**
 * Brings what a forecaster consists of, of its chunks those that may hold the items, and lets it forecast in a process of its own.
 *
 * @throws the signal's reason on abort; Problem `items-too-many`, before anything is brought
 */
export async function forecastInChild(
  forecaster: ForecasterTable,
  job: JobTable,
  { items, format, history, future }: AgainRequest,
  deps: Deps,
  signal: AbortSignal,
): Promise<ChildEnd<Forecast>> {
  const stored = await readForecaster(forecaster.artifact_key, deps);
  const index = await readTunedPanel(stored, deps);
  checkCount(index, { items, history });
  const { columns } = planOf(job);
  return await inFolder(deps, async (folder, bring) => {
    const path = join(folder, `forecasts.${format}`);
    const task: AgainTask = {
      index,
      columns,
      mostItems: mostForecastItems,
      now: deps.now(),
      folder,
      ...(items === undefined ? {} : { items }),
      ...(format === 'json' ? {} : { table: { format, path } }),
      ...(await bringForecaster(stored, index, items, bring)),
      ...(future === undefined ? {} : { future: await bring(future) }),
      ...(history === undefined ? {} : { history: { columns, ...(await bringHistory(history, bring)) } }),
    };
    const end = await runInChild<AgainResult>(program, task, { signal });
    if (end.kind === 'refused') return end;
    return { ...end, result: format === 'json' ? rows(end.result) : await tableAt(path, format, job, deps) };
  });
}

/** What of a forecaster the items need. */
async function bringForecaster(
  { panelKey, summaryKey, backtestKeys, globalModelKey }: ForecasterIndex,
  index: PanelIndex,
  items: AgainRequest['items'],
  bring: Bring,
): Promise<Pick<AgainTask, 'chunks' | 'summary' | 'globalModel'>> {
  const chunks: AgainTask['chunks'][number][] = [];
  for (const [place, one] of index.chunks.entries()) {
    if (!mayHold(one, items)) continue;
    const chunk = await bring(chunkKey(panelKey, one.file));
    chunks.push({ chunk, backtests: await bring(backtestKeys[place] ?? '') });
  }
  const summary = await bring(summaryKey);
  return { chunks, summary, ...(globalModelKey === undefined ? {} : { globalModel: await bring(globalModelKey) }) };
}

async function bringHistory({ target, related }: NonNullable<AgainRequest['history']>, bring: Bring) {
  return { target: await bring(target), ...(related === undefined ? {} : { related: await bring(related) }) };
}

const rows = ({ forecasts }: AgainResult): Forecast => ({ kind: 'rows', rows: forecasts });

/** A table as text; one of bytes as an object. Nothing names that: it is swept when the URL to it has long expired. */
async function tableAt(
  path: string,
  format: 'csv' | 'parquet',
  job: JobTable,
  { store, newId }: Deps,
): Promise<Forecast> {
  if (format === 'csv') return { kind: 'text', text: await readFile(path, 'utf8') };
  const key = `${forecastsPrefix(job.tenant_id, job.id)}${newId('at')}.parquet`;
  await store.putFile(key, path);
  return { kind: 'object', key };
}

function checkCount(
  { chunks }: PanelIndex,
  { items, history }: { readonly [Part in 'items' | 'history']: AgainRequest[Part] | undefined },
): void {
  // How many another table has is known when it is read.
  if (items !== undefined || history !== undefined) return;
  const count = chunks.reduce((sum, { items }) => sum + items, 0);
  if (count <= mostForecastItems) return;
  throw new Problem(422, 'items-too-many', `There are ${count} items; one answer has ${mostForecastItems} at most.`, {
    field: 'items',
    cure: 'Name items, or ask for a new forecast of the whole dataset.',
  });
}
