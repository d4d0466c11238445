import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { loadModel } from '@bellwether/learning';
import type { JobWatch } from '@bellwether/platform';
import { archiveOfModel, type Busy, jobName, modelFile, uriOf } from '@bellwether/sagemaker';
import type { Remote } from '@bellwether/sagemaker/remote';
import type { Deps } from '../deps.ts';
import { type PredictionEnd, predictInChild } from './predict-in-child.ts';
import { transformPlaces } from './transform-places.ts';
import { columnsOf, type PredictionOrder } from './write-predictions.ts';

type Submitted = { readonly kind: 'submitted' } | Busy | Extract<PredictionEnd, { kind: 'refused' }>;

/**
 * Writes what a transform job needs to the bucket, unless an earlier attempt has, and asks for its model and for itself.
 * All of it may be asked for again: names and keys derive from the job's id.
 */
export async function submitTransform(
  jobId: string,
  order: PredictionOrder,
  remote: Remote,
  deps: Deps,
  watch: JobWatch,
): Promise<Submitted> {
  const { sagemaker, bucket, store } = remote;
  const places = transformPlaces(order.tenantId, jobId);
  if ((await store.head(places.model)) === undefined) {
    const end = await write(order, places, remote, deps, watch);
    if (end.kind === 'refused') return end;
  }
  const name = jobName(jobId);
  const made = await sagemaker.createModel({ name, artifact: uriOf(bucket, places.model) });
  if (made.kind === 'busy') return made;
  const input = uriOf(bucket, places.rows);
  const asked = await sagemaker.startTransform({ name, model: name, input, output: uriOf(bucket, places.output) });
  return asked.kind === 'busy' ? asked : { kind: 'submitted' };
}

async function write(
  order: PredictionOrder,
  places: ReturnType<typeof transformPlaces>,
  { store: bucket }: Remote,
  { store, workFolder, newId }: Deps,
  watch: JobWatch,
): Promise<PredictionEnd> {
  const folder = join(workFolder, newId('at'));
  const rows = join(folder, 'rows.csv');
  try {
    await mkdir(folder);
    await using table = await store.localCopy(order.dataKey);
    await using artifact = await store.localCopy(order.artifactKey);
    const files = { table: table.path, artifact: artifact.path, output: join(folder, 'none'), folder, rows };
    const end = await predictInChild({ ...files, columns: columnsOf(order.plan) }, watch);
    if (end.kind === 'refused') return end;
    const { parameters } = await loadModel(await readFile(artifact.path));
    const archive = await archiveOfModel(parameters.arrays[modelFile] as Uint8Array);
    await bucket.putFile(places.rows, rows);
    // Last: where it is, the rows are too.
    await bucket.put(places.model, archive);
    return end;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
