import { committed, insertRows, received, temporaryDatabase } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { recordEvent } from './record-event.ts';

const finished = received({ jobId: 'job_1', status: 'succeeded' }, { type: 'training.finished', jobId: 'job_1' });

test('a message of a job is a line of its timeline, with its own time', async () => {
  await using temporary = await temporaryDatabase();
  const { database } = temporary;
  await insertRows(database, { jobs: [{}] });

  expect(await committed(database, await recordEvent(finished))).toEqual([]);

  expect(await database.read.selectFrom('job_events').selectAll().execute()).toEqual([
    {
      sequence: 1,
      message_id: 'message_1',
      job_id: 'job_1',
      tenant_id: 't1',
      type: 'training.finished',
      at: Date.parse('2026-11-21T00:00:00.000Z'),
      body: '{"jobId":"job_1","status":"succeeded"}',
    },
  ]);
});

test('a message that comes twice is one line', async () => {
  await using temporary = await temporaryDatabase();
  const { database } = temporary;
  const [first, second] = [await recordEvent(finished), await recordEvent(finished)];

  await committed(database, second);
  await committed(database, first);

  expect(await database.read.selectFrom('job_events').select('sequence').execute()).toHaveLength(1);
});

test('a message of no job is no line', async () => {
  await using temporary = await temporaryDatabase();
  const { database } = temporary;

  await committed(database, await recordEvent(received({ datasetId: 'ds_1' })));

  expect(await database.read.selectFrom('job_events').select('sequence').execute()).toEqual([]);
});
