import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobTable, PartEnd } from '@bellwether/database';
import { chunkKey } from '@bellwether/forecasting';
import { type ChildWatch, type ObjectStore, runInChild } from '@bellwether/platform';
import { automlPlaces, type ManagedForecaster, type PreparedForecast, runFile } from '@bellwether/sagemaker/automl';
import type { Deps } from '../../deps.ts';
import { planOf, readPanel } from '../forecaster.ts';
import { inFolder } from '../in-folder.ts';
import { storePart } from '../run-part.ts';
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
  const places = automlPlaces(job.tenant_id, job.id);
  const index = await readPanel(panelKey, deps);
  return await inFolder(deps, async (folder, bring) => {
    const prepared = JSON.parse(await readFile(await bring(places.prepared, bucket), 'utf8')) as PreparedForecast;
    const chunks: CollectTask['chunks'][number][] = [];
    for (const [chunk, runs] of prepared.runs.entries()) {
      const answers: Record<string, string> = {};
      for (const run of runs) {
        answers[run] = await bring(`${places.forecasts}/${runFile(run, chunk)}.out`, bucket);
      }
      chunks.push({ panel: await bring(chunkKey(panelKey, index.chunks[chunk]?.file ?? '')), answers });
    }
    const files = { forecastsCsv: join(folder, 'forecasts.csv'), backtestsCsv: join(folder, 'backtests.csv') };
    const task: CollectTask = { index, columns: planOf(job).columns, prepared, model: candidate, chunks, ...files };
    return await storePart(job, await runInChild(program, task, watch), files, deps);
  });
}
