import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobTable } from '@bellwether/database';
import { chunkKey } from '@bellwether/forecasting';
import { type ChildWatch, type ObjectStore, runInChild } from '@bellwether/platform';
import { automlPlaces, type PreparedForecast } from '@bellwether/sagemaker/automl';
import type { Deps } from '../../deps.ts';
import { readPanel } from '../panel.ts';
import type { WrittenTables } from './tables-task.ts';

const program = new URL('./child.ts', import.meta.url);

export type Prepared =
  | { readonly kind: 'prepared'; readonly prepared: PreparedForecast }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string };

/**
 * What AutoML is given: written to the bucket now, unless an earlier attempt has written all of it. The same panel gives
 * the same bytes, so that two attempts at once do no harm.
 *
 * @param bucket that SageMaker reads
 */
export async function prepareForecast(
  job: JobTable,
  panelKey: string,
  bucket: ObjectStore,
  deps: Deps,
  watch: ChildWatch,
): Promise<Prepared> {
  const places = automlPlaces(job.tenant_id, job.id);
  if ((await bucket.head(places.prepared)) !== undefined) {
    return { kind: 'prepared', prepared: await readPrepared(job, bucket) };
  }
  const { store, workFolder, newId } = deps;
  const folder = join(workFolder, newId('at'));
  await using copies = new AsyncDisposableStack();
  try {
    await mkdir(folder);
    const index = await readPanel(panelKey, deps);
    const chunks: string[] = [];
    for (const { file } of index.chunks) {
      chunks.push(copies.use(await store.localCopy(chunkKey(panelKey, file))).path);
    }
    const end = await runInChild<WrittenTables>(program, { index, chunks, folder }, watch);
    if (end.kind === 'refused') return end;
    const { prepared, train, runs } = end.result;
    for (const name of train) await bucket.putFile(places.train + name, join(folder, 'train', name));
    for (const name of runs) await bucket.putFile(places.runs + name, join(folder, 'runs', name));
    await bucket.put(places.prepared, new TextEncoder().encode(JSON.stringify(prepared)));
    return { kind: 'prepared', prepared };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function readPrepared(job: JobTable, bucket: ObjectStore): Promise<PreparedForecast> {
  await using copy = await bucket.localCopy(automlPlaces(job.tenant_id, job.id).prepared);
  return JSON.parse(await readFile(copy.path, 'utf8')) as PreparedForecast;
}
