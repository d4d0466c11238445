import { join } from 'node:path';
import { type ForecastPartTable, type JobTable, type PartEnd, partsOf } from '@bellwether/database';
import { chunkKey } from '@bellwether/forecasting';
import { type ChildEnd, type ChildWatch, runInChild } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { forecastsPrefix, planOf, readForecaster, readPanel, readTunedPanel } from './forecaster.ts';
import { inFolder } from './in-folder.ts';
import type { PartTask } from './part-task.ts';

const program = new URL('./child.ts', import.meta.url);

/** Where a part's backtests stand beside its forecasts. */
export const backtestsOf = (key: string): string => `${key}.backtests`;

/** Forecasts one chunk in a process of its own, and stores its rows under a key of this attempt. */
export async function runPart(
  part: ForecastPartTable,
  job: JobTable,
  artifactKey: string,
  deps: Deps,
  watch: ChildWatch,
): Promise<PartEnd> {
  const forecaster = await readForecaster(artifactKey, deps);
  const { panelKey, globalModelKey } = forecaster;
  const index = await readTunedPanel(forecaster, deps);
  return await inFolder(deps, async (folder, bring) => {
    const forecastsCsv = join(folder, 'forecasts.csv');
    const backtestsCsv = join(folder, 'backtests.csv');
    const task: PartTask = {
      kind: 'part',
      index,
      columns: planOf(job).columns,
      chunk: await bring(chunkKey(panelKey, index.chunks[part.position]?.file ?? '')),
      backtests: await bring(forecaster.backtestKeys[part.position] ?? ''),
      summary: await bring(forecaster.summaryKey),
      ...(globalModelKey === undefined ? {} : { globalModel: await bring(globalModelKey) }),
      forecastsCsv,
      backtestsCsv,
    };
    return await storePart(job, await runInChild(program, task, watch), { forecastsCsv, backtestsCsv }, deps);
  });
}

/** Stores the rows that a child process has written of a part, under a key of this attempt; it fails with its refusal. */
export async function storePart(
  job: JobTable,
  end: ChildEnd<unknown>,
  files: { readonly forecastsCsv: string; readonly backtestsCsv: string },
  { store, newId }: Pick<Deps, 'store' | 'newId'>,
): Promise<PartEnd> {
  if (end.kind === 'refused') return { status: 'failed', error_code: end.code, error_detail: end.detail };
  const key = `${forecastsPrefix(job.tenant_id, job.id)}${newId('at')}.csv`;
  await store.putFile(backtestsOf(key), files.backtestsCsv);
  await store.putFile(key, files.forecastsCsv);
  return { status: 'succeeded', output_key: key };
}

export interface ForecastTables {
  readonly forecastsKey: string;
  readonly backtestsKey: string;
}

/** Puts the rows of all parts into two tables, for ingest to register. */
export async function mergeForecasts(
  job: JobTable,
  artifactKey: string,
  deps: Deps,
  watch: ChildWatch,
): Promise<ForecastTables> {
  const { store, newId, database } = deps;
  const index = await readPanel((await readForecaster(artifactKey, deps)).panelKey, deps);
  const keys = (await partsOf(database.read, job.id)).flatMap(({ output_key }) => output_key ?? []);
  return await inFolder(deps, async (folder, bring) => {
    const forecastsCsv: string[] = [];
    const backtestsCsv: string[] = [];
    for (const key of keys) {
      forecastsCsv.push(await bring(key));
      backtestsCsv.push(await bring(backtestsOf(key)));
    }
    const [forecasts, backtests] = [join(folder, 'forecasts.parquet'), join(folder, 'backtests.parquet')];
    const { columns, datasets } = planOf(job);
    const task: PartTask = { kind: 'merge', index, columns, forecastsCsv, backtestsCsv, folder, forecasts, backtests };
    const end = await runInChild(program, task, watch);
    if (end.kind === 'refused') throw new Error(`${end.code}: ${end.detail}`);
    const attempt = newId('at');
    const forecastsKey = `derived/${job.tenant_id}/${datasets.forecasts}/${attempt}.parquet`;
    const backtestsKey = `derived/${job.tenant_id}/${datasets.backtests}/${attempt}.parquet`;
    await store.putFile(forecastsKey, forecasts);
    await store.putFile(backtestsKey, backtests);
    return { forecastsKey, backtestsKey };
  });
}
