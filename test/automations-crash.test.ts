import { join } from 'node:path';
import type { Dataset, Job } from '@bellwether/contracts';
import { openDatabase } from '@bellwether/database';
import { eventually, temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { startAll, stopAll } from './crash/crashable-platform.ts';
import { ended } from './crash/follow.ts';
import { oneProcess } from './crash/one-process.ts';
import { persistentClient } from './crash/persistent-client.ts';
import { planeCsv } from './platform/tables.ts';
import { freePorts } from './stack/free-ports.ts';

/** A lease that the killed process held ends soon. */
const impatient = { VISIBILITY_SECONDS: '3' };
const patience = 120_000;

const automation = JSON.parse(`{
  "when": {"dataset": "plane"},
  "then": [
    {"kind": "enrich", "split": {"target": "z"}},
    {"kind": "train", "model": "plane", "candidates": [{"algorithm": "linear"}]},
    {"kind": "predict"}
  ]}`) as object;

test('killed as soon as each job of it is there, a run is one run, with each step once', async () => {
  using folder = temporaryFolder();
  const platform = oneProcess(join(folder.path), await freePorts(1));
  const [server] = platform.processes;
  const giveUp = new AbortController();
  const client = persistentClient(platform.url, 'u1', giveUp.signal);
  const jobs = async () => ((await client.call('GET', '/v1/jobs')).body as { jobs: Job[] }).jobs;
  await startAll(platform, impatient);
  try {
    await client.call('POST', '/v1/automations', automation, 'automation');
    const { body } = await client.call('POST', '/v1/datasets', { name: 'plane' }, 'dataset');
    const { dataset, upload } = body as { dataset: Dataset; upload: { url: string; headers: Record<string, string> } };
    await client.put(upload.url, upload.headers, planeCsv(60));

    for (const kind of ['automation', 'enrichment', 'training', 'batch-prediction'] as const) {
      await eventually(
        `a job of the kind ${kind}`,
        async () => (await jobs()).some((job) => job.kind === kind),
        patience,
      );
      await server?.kill();
      await server?.start(impatient);
    }
    const run = (await jobs()).find(({ kind }) => kind === 'automation');
    const done = await ended(client, run?.id ?? '', patience);

    expect(done).toMatchObject({ status: 'succeeded', datasetId: dataset.id, result: { model: 'plane' } });
    expect((await jobs()).map(({ kind, status }) => `${kind} ${status}`).toSorted()).toEqual([
      'automation succeeded',
      'batch-prediction succeeded',
      'enrichment succeeded',
      'training succeeded',
    ]);
  } finally {
    giveUp.abort();
    await stopAll(platform);
  }
  const database = openDatabase(platform.databaseUrl);
  const triggers = await database.read.selectFrom('automation_runs').select('trigger_key').execute();
  const dead = await database.read.selectFrom('dead_letters').select('id').execute();
  await database.close();
  expect([triggers.length, dead.length]).toEqual([1, 0]);
}, 400_000);
