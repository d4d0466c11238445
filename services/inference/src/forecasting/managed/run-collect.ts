import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobTable, PartEnd } from '@bellwether/database';
import { chunkKey } from '@bellwether/forecasting';
import { type ChildWatch, type ObjectStore, runInChild } from '@bellwether/platform';
import { automlPlaces, type ManagedForecaster, type PreparedForecast, runFile } from '@bellwether/sagemaker/automl';
import type { Deps } from '../../deps.ts';
import { forecastsPrefix, planOf, readPanel } from '../forecaster.ts';
import { backtestsOf } from '../run-part.ts';
import type { CollectTask } from './collect-task.ts';

const program = new URL('./child.ts', import.meta.url);

/** Brings what SageMaker forecast, and stores its rows as those of one part, under a key of this attempt. */
export async function runCollect(
  job: JobTable,
  { panelKey, candidate }: ManagedForecaster,
  bucket: ObjectStore,
  deps: Deps,
  watch: ChildWatch,
): Promise<PartEnd> {
  const { store, workFolder, newId } = deps;
  const places = automlPlaces(job.tenant_id, job.id);
  const index = await readPanel(panelKey, deps);
  const folder = join(workFolder, newId('at'));
  await using copies = new AsyncDisposableStack();
  const bring = async (from: ObjectStore, key: string) => copies.use(await from.localCopy(key)).path;
  try {
    await mkdir(folder);
    const prepared = JSON.parse(await readFile(await bring(bucket, places.prepared), 'utf8')) as PreparedForecast;
    const chunks: CollectTask['chunks'][number][] = [];
    for (const [chunk, runs] of prepared.runs.entries()) {
      const answers: Record<string, string> = {};
      for (const run of runs) {
        answers[run] = await bring(bucket, `${places.forecasts}/${runFile(run, chunk)}.out`);
      }
      chunks.push({ panel: await bring(store, chunkKey(panelKey, index.chunks[chunk]?.file ?? '')), answers });
    }
    const [forecastsCsv, backtestsCsv] = [join(folder, 'forecasts.csv'), join(folder, 'backtests.csv')];
    const { columns } = planOf(job);
    const task: CollectTask = { index, columns, prepared, model: candidate, chunks, forecastsCsv, backtestsCsv };
    const end = await runInChild(program, task, watch);
    if (end.kind === 'refused') return { status: 'failed', error_code: end.code, error_detail: end.detail };
    const key = `${forecastsPrefix(job.tenant_id, job.id)}${newId('at')}.csv`;
    await store.putFile(backtestsOf(key), backtestsCsv);
    await store.putFile(key, forecastsCsv);
    return { status: 'succeeded', output_key: key };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
