import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mostForecastItems } from '@bellwether/contracts';
import type { ForecasterTable, JobTable } from '@bellwether/database';
import { chunkKey } from '@bellwether/forecasting';
import { type ChildEnd, runInChild } from '@bellwether/platform';
import type { Deps } from '../../deps.ts';
import { planOf, readForecaster, readPanel } from '../forecaster.ts';
import type { AgainResult, AgainTask } from './again-task.ts';

const program = new URL('./child.ts', import.meta.url);

export interface AgainRequest {
  readonly items?: readonly string[];
  /** keys of tables: history in the place of that which it was trained on, with its related table */
  readonly history?: { readonly target: string; readonly related?: string };
  /** key of a table with other values of known columns */
  readonly future?: string;
}

/**
 * Brings what a forecaster consists of, and lets it forecast in a process of its own.
 *
 * @throws the signal's reason on abort
 */
export async function forecastInChild(
  forecaster: ForecasterTable,
  job: JobTable,
  { items, history, future }: AgainRequest,
  deps: Deps,
  signal: AbortSignal,
): Promise<ChildEnd<AgainResult>> {
  const { store, workFolder, newId, now } = deps;
  const { panelKey, summaryKey, backtestKeys, globalModelKey } = await readForecaster(forecaster.artifact_key, deps);
  const index = await readPanel(panelKey, deps);
  const { columns } = planOf(job);
  const folder = join(workFolder, newId('at'));
  await using copies = new AsyncDisposableStack();
  const bring = async (key: string) => copies.use(await store.localCopy(key)).path;
  try {
    await mkdir(folder);
    const chunks: AgainTask['chunks'][number][] = [];
    for (const [place, { file }] of index.chunks.entries()) {
      const chunk = await bring(chunkKey(panelKey, file));
      chunks.push({ chunk, backtests: await bring(backtestKeys[place] ?? '') });
    }
    const task: AgainTask = {
      index,
      columns,
      mostItems: mostForecastItems,
      chunks,
      summary: await bring(summaryKey),
      now: now(),
      folder,
      ...(items === undefined ? {} : { items }),
      ...(globalModelKey === undefined ? {} : { globalModel: await bring(globalModelKey) }),
      ...(future === undefined ? {} : { future: await bring(future) }),
      ...(history === undefined
        ? {}
        : {
            history: {
              target: await bring(history.target),
              columns,
              ...(history.related === undefined ? {} : { related: await bring(history.related) }),
            },
          }),
    };
    return await runInChild<AgainResult>(program, task, { signal });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
