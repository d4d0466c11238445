import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '../client/client.ts';
import { copyData } from './copy-data.ts';
import type { Results } from './results.ts';
import type { TrainingDestinations } from './training-destinations.ts';
import { type CopiedModel, trainingLog } from './training-log.ts';

/**
 * Copies what a training job produced to the places that were asked for: its rows as they were split, each of its
 * models, the model's champion (which may be of an earlier job), and a log that ties them together.
 *
 * @param say takes a line about each copy
 */
export async function copyResults(
  client: Client,
  results: Results,
  to: TrainingDestinations,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if (Object.keys(to).length === 0) return;
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-results-'));
  try {
    const data = to.data && (await copyData(client, results, to.data, folder, signal));
    if (data) say(`rows: ${data.train.place}, ${data.test.place}`);
    const models = await copyModels(client, results, to, folder, signal);
    const copied = models.filter(({ place }) => place !== undefined).length;
    if (copied > 0) say(`models: ${copied}, such as ${models.find(({ place }) => place !== undefined)?.place}`);
    const champion = await copyChampion(client, results, to, folder, signal);
    if (champion?.place !== undefined) say(`champion: version ${champion.version}, ${champion.place}`);
    if (to.log === undefined) return;
    const path = join(folder, 'log.jsonl');
    await writeFile(path, trainingLog(results, { data, models, champion }));
    say(`log: ${await to.log.put(`${segment(results.model)}-${results.trained.job.id}.jsonl`, path)}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function copyModels(
  client: Client,
  { model, trained }: Results,
  { models }: TrainingDestinations,
  folder: string,
  signal: AbortSignal,
): Promise<CopiedModel[]> {
  const copied: CopiedModel[] = [];
  for (const { version } of trained.versions) {
    if (models === undefined) {
      copied.push({ version });
      continue;
    }
    const path = join(folder, 'model.tar.gz');
    await client.download('getArtifact', { params: { name: model, version } }, path, signal);
    copied.push({ version, place: await models.put(`${segment(model)}/${version}/model.tar.gz`, path) });
  }
  return copied;
}

async function copyChampion(
  client: Client,
  { model }: Results,
  { champion }: TrainingDestinations,
  folder: string,
  signal: AbortSignal,
): Promise<CopiedModel | undefined> {
  const { champion: version } = await client.call('getModel', { params: { name: model } }, signal);
  if (version === undefined) return undefined;
  if (champion === undefined) return { version };
  const path = join(folder, 'champion.tar.gz');
  await client.download('getArtifact', { params: { name: model, version } }, path, signal);
  return { version, place: await champion.put(`${segment(model)}/model.tar.gz`, path) };
}

/** A name as part of an object's key. */
function segment(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]/g, '_');
}
