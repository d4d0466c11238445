import type { Job, JobEvent } from '@bellwether/contracts';
import { eventually } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { clientOf } from './platform/client.ts';
import { startPlatform, type TestPlatform } from './platform/start-platform.ts';
import { planeCsv } from './platform/tables.ts';
import { type UnrulyQueue, unrulyQueue } from './platform/unruly-queue.ts';

/** Two uploads, a split and three training jobs; then all that can be seen, without ids and times. */
async function livedThrough(started: TestPlatform) {
  const user = clientOf(started.url, 'u1');
  const first = await user.upload('plane', planeCsv(80, 1), { roles: { target: 'z' } });
  const second = await user.upload('plane', planeCsv(120, 2), { roles: { target: 'z' } });
  const split = await user.call<{ job: Job }>('POST', `/v1/datasets/${first.id}/enrichments`, { split: {} });
  const jobs: Job[] = [await user.finished(split.body.job.id)];
  for (const { id } of [first, second, first]) jobs.push(await user.train('plane', { datasetId: id, seed: 5 }));
  await eventually('no message under way', async () => {
    const { database } = started.platform;
    const open = await database.read
      .selectFrom('outbox')
      .select('id')
      .where('state', 'in', ['pending', 'sent'])
      .execute();
    return open.length === 0;
  });

  const timelines = [];
  for (const { id } of jobs) {
    const { body } = await user.call<{ events: JobEvent[] }>('GET', `/v1/jobs/${id}/events`);
    timelines.push(body.events.map(({ type }) => type).toSorted());
  }
  const { body } = await user.call<{ datasets: { name: string; status: string; rows: number }[] }>(
    'GET',
    '/v1/datasets',
  );
  const versions = await user.leaderboard('plane');
  const counted = async (table: 'trials' | 'model_versions' | 'datasets' | 'dead_letters') =>
    (
      await started.platform.database.read
        .selectFrom(table)
        .select(({ fn }) => fn.countAll().as('n'))
        .executeTakeFirst()
    )?.n;
  return {
    timelines,
    // Not the champion's number: trials of a job run at the same time, and the first to end is the first version.
    ends: jobs.map(({ status, result }) => [
      status,
      result?.promoted,
      String(result?.reason).replace(/version \d+/g, 'version N'),
    ]),
    champion: versions.find(({ champion }) => champion)?.algorithm,
    datasets: body.datasets.map(({ name, status, rows }) => `${name} ${status} ${rows}`).toSorted(),
    scores: (await user.leaderboard('plane'))
      .map(({ algorithm, metrics }) => `${algorithm} ${metrics.rmse}`)
      .toSorted(),
    counts: [await counted('trials'), await counted('model_versions'), await counted('datasets')],
    dead: await counted('dead_letters'),
  };
}

test('every message delivered twice and out of order: the same end state', async () => {
  await using orderly = await startPlatform();
  let queue: UnrulyQueue | undefined;
  await using unruly = await startPlatform({
    wrapQueue: (inner) => {
      queue = unrulyQueue(inner, 42);
      return queue;
    },
  });

  const expected = await livedThrough(orderly);
  const actual = await livedThrough(unruly);

  expect(actual).toEqual(expected);
  expect(expected.dead).toBe(0);
  expect(queue?.copies).toBeGreaterThan(50);
});
