import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { filesIn, kinds, summarize, temporaryFolder } from '../test/inspect-here.ts';
import { inspectUpload, type UploadToInspect } from './inspect-upload.ts';
import { sampleOrdersCsv } from './sample-orders.ts';

async function upload(content: string | Uint8Array) {
  const folder = await temporaryFolder();
  const paths = {
    source: join(folder, 'in', 'upload'),
    output: join(folder, 'out', 'table.parquet'),
    workDir: join(folder, 'work'),
  };
  await mkdir(join(folder, 'in'));
  await writeFile(paths.source, content);
  return {
    inspect: (options: Partial<UploadToInspect> = {}) => inspectUpload({ ...paths, ...options }),
    /** what is left behind besides the upload */
    left: async () => [...(await filesIn(paths.workDir)), ...(await filesIn(join(folder, 'out')).catch(() => []))],
    paths,
  };
}

const orders = sampleOrdersCsv(200_000, 1);

test('an upload is stored, described, and nothing else is left', async () => {
  const { inspect, left } = await upload('id,price\n1,2.5\n2,3\n');
  const inspection = await inspect();
  expect(inspection).toMatchObject({ ok: true, format: 'csv', rows: 2, columns: 2, problems: [] });
  expect(kinds(inspection)).toEqual(['id integer', 'price numeric']);
  expect(await left()).toEqual(['table.parquet']);
});

test('a refused upload leaves nothing', async () => {
  const { inspect, left } = await upload('id,price\n1,2.5\n2\n');
  expect(summarize(await inspect())).toEqual(['ragged-row price:3']);
  expect(await left()).toEqual([]);
});

test('the last output stays until a better one is complete', async () => {
  const { inspect, left, paths } = await upload('id,price\n1,2.5\n2\n');
  await mkdir(join(paths.output, '..'));
  await writeFile(paths.output, 'the one before');
  await inspect();
  expect(await left()).toEqual(['table.parquet']);
  expect(await readFile(paths.output, 'utf8')).toBe('the one before');
});

test('paths may hold quotes and spaces', async () => {
  const { inspect, paths } = await upload('a,b\n1,2\n');
  const output = join(paths.workDir, "it's; here", 'a "table".parquet');
  expect(await inspect({ output })).toMatchObject({ ok: true });
});

describe('limits', () => {
  test('a child that takes too long is ended', async () => {
    const { inspect, left } = await upload(orders);
    expect(summarize(await inspect({ limits: { wallMilliseconds: 150 } }))).toEqual(['too-slow :']);
    expect(await left()).toEqual([]);
  });

  test('a child that takes too much memory is ended', async () => {
    const { inspect, left } = await upload(orders);
    expect(summarize(await inspect({ limits: { memoryBytes: 60 * 2 ** 20 } }))).toEqual(['too-much-memory :']);
    expect(await left()).toEqual([]);
  });

  test('a query that takes more than its part of the memory is a problem of the table', async () => {
    const wide = Array.from({ length: 1_500 }, (_, index) => `c${index}`);
    const { inspect, left } = await upload(
      `${wide.join(',')}\n${`${wide.map((_, index) => `value ${index}`).join(',')}\n`.repeat(600)}`,
    );
    expect(summarize(await inspect({ limits: { memoryBytes: 170 * 2 ** 20 } }))).toEqual(['too-much-memory :']);
    expect(await left()).toEqual([]);
  });
});

describe('abort', () => {
  test('ends the child and rejects with its reason', async () => {
    const { inspect, left } = await upload(orders);
    const controller = new AbortController();
    const inspection = inspect({ signal: controller.signal });
    setImmediate(() => controller.abort(new Error('lease lost')));
    await expect(inspection).rejects.toThrow('lease lost');
    expect(await left()).toEqual([]);
  });

  test('before the start starts nothing', async () => {
    const { inspect } = await upload(orders);
    await expect(inspect({ signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late');
  });
});
