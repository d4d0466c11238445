import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runCaptured } from '../testing/run-captured.ts';
import { flowersCsv } from '../testing/sample-files.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = temporaryFolder();
  const file = join(folder.path, 'flowers.csv');
  writeFileSync(file, flowersCsv());
  const { code } = await bellwether('train', file, '--algorithms', 'linear', '--user', 'u1');
  expect(code).toBe(0);
});
afterAll(() => folder[Symbol.dispose]());

const bellwether = (...args: string[]) => runCaptured([...args, '--data-dir', join(folder.path, 'data')]);
const asJson = async (...args: string[]) => JSON.parse((await bellwether(...args, '--user', 'u1', '--json')).out);

test('models are listed, and one shows its leaderboard', async () => {
  const list = await bellwether('models', '--user', 'u1');
  expect(list.out).toMatch(/^flowers +classification +\d +2 /m);
  const board = await bellwether('models', 'flowers', '--sort', 'logLoss', '--user', 'u1');
  expect(board.out).toMatch(/^ +version +algorithm +logLoss \(validation\) +logLoss +accuracy/);
  expect(board.out).toMatch(/^★ +\d +linear/m);
});

test('a version is promoted by hand, and answers from then on', async () => {
  const { versions } = await asJson('models', 'flowers');
  const baseline = versions.find(({ algorithm }: { algorithm: string }) => algorithm === 'baseline').version;
  const { code, err, out } = await bellwether('models', 'flowers', '--promote', String(baseline), '--user', 'u1');
  expect({ code, err }).toEqual({ code: 0, err: `Version ${baseline} of flowers answers predictions now.\n` });
  expect(out).toMatch(/^★ +\d +baseline/m);
  expect((await asJson('models', 'flowers')).model).toMatchObject({ champion: baseline });
  expect(await bellwether('models', 'flowers', '--promote', '99', '--user', 'u1')).toMatchObject({
    code: 1,
    err: expect.stringContaining('(version-not-found)'),
  });
});

test('a version is tagged, its other tags stay, and it is written as ONNX', async () => {
  const { model, versions } = await asJson('models', 'flowers');
  const tagsOf = async (version: number) =>
    (await asJson('models', 'flowers')).versions.find((each: { version: number }) => each.version === version).tags;
  const tagged = await bellwether('models', 'flowers', '--tag', 'default=items', '--tag', 'keep', '--user', 'u1');
  expect(tagged.err).toBe(`Version ${model.champion} of flowers has the tags default=items, keep.\n`);
  await bellwether('models', 'flowers', '--tag', 'by=Ana=B', '--untag', 'keep', '--user', 'u1');
  expect(await tagsOf(model.champion)).toEqual({ default: 'items', by: 'Ana=B' });

  const linear = versions.find(({ algorithm }: { algorithm: string }) => algorithm === 'linear').version;
  const file = join(folder.path, 'flowers.onnx');
  const options = ['--onnx', file, '--version', String(linear), '--user', 'u1'];
  expect((await bellwether('models', 'flowers', ...options)).err).toContain(`as ONNX: ${file}`);
  expect(readFileSync(file).includes('bellwether')).toBe(true);
  const nowhere = await bellwether('models', 'flowers', '--onnx', '/nowhere/x.onnx', '--user', 'u1');
  expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining('(output-unwritable)') });
  expect((await bellwether('models', '--tag', 'x', '--user', 'u1')).code).toBe(2);
  expect((await bellwether('models', 'flowers', '--tag', '=x', '--user', 'u1')).code).toBe(2);
});

test('a version is deleted, but for the champion, and a rule says which ones stay', async () => {
  const { versions, model } = await asJson('models', 'flowers');
  const other = versions.find(({ version }: { version: number }) => version !== model.champion).version;
  const refused = await bellwether('models', 'flowers', '--delete', String(model.champion), '--user', 'u1');
  const deleted = await bellwether('models', 'flowers', '--delete', String(other), '--keep-last', '5', '--user', 'u1');

  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('(version-is-champion)') });
  expect(deleted.err).toBe(
    `Version ${other} of flowers is deleted.\nOther versions of flowers are deleted within minutes.\n`,
  );
  expect(await asJson('models', 'flowers')).toMatchObject({ model: { retention: { keepLast: 5 } }, versions: [{}] });
});

test('jobs are listed, and one shows its timeline', async () => {
  const { jobs } = await asJson('jobs');
  expect(jobs).toMatchObject([{ kind: 'training', model: 'flowers', status: 'succeeded' }]);
  const one = await bellwether('jobs', jobs[0].id, '--follow', '--user', 'u1');
  expect(one.code).toBe(0);
  expect(one.out).toMatch(/^status +succeeded$/m);
  expect(one.out).toMatch(/trial\.finished +\{.*"algorithm":"linear"/);
  const cancelled = await bellwether('jobs', jobs[0].id, '--cancel', '--user', 'u1');
  expect(cancelled).toMatchObject({ code: 1, err: expect.stringContaining('(job-ended)') });
});

test('a dataset shows its columns and their profile', async () => {
  const { datasets } = await asJson('datasets');
  const { out } = await bellwether('datasets', datasets[0].id, '--user', 'u1');
  expect(out).toMatch(/^rows +60$/m);
  expect(out).toMatch(/^side +categorical +0 +2 /m);
});

test('another tenant has none of it', async () => {
  expect((await bellwether('models', '--user', 'u2')).out).not.toContain('flowers');
  const { datasets } = await asJson('datasets');
  const { code, err } = await bellwether('datasets', datasets[0].id, '--delete', '--user', 'u2');
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('(dataset-not-found)') });
});

test('requests are listed with their number in all, by path and status', async () => {
  const { out } = await bellwether('requests', '--path', '/v1/datasets', '--status', '201', '--user', 'u1');
  expect(out).toMatch(/ingest +POST +\/v1\/datasets +201 +\d+\.\d\n1 request in all\n$/);
});

test('without dead letters there is a head and no row; an unknown one cannot be sent again', async () => {
  expect(await asJson('dead-letters')).toEqual({ deadLetters: [] });
  const { code, err } = await bellwether('dead-letters', '--redrive', 'dead_1', '--user', 'u1');
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('(dead-letter-not-found)') });
});

test('what changes one thing needs to know which', async () => {
  for (const args of [
    ['models', '--promote', '1'],
    ['models', '--delete', '1'],
    ['jobs', '--cancel'],
    ['datasets', '--delete'],
  ]) {
    expect((await bellwether(...args)).code).toBe(2);
  }
});

test('a dataset is deleted', async () => {
  const { datasets } = await asJson('datasets');
  const { err } = await bellwether('datasets', datasets[0].id, '--delete', '--user', 'u1');
  expect(err).toBe(`Dataset ${datasets[0].id} is deleted.\n`);
  expect((await asJson('datasets')).datasets).toEqual([]);
});
