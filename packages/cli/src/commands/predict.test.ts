import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@bellwether/testkit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runCaptured } from '../testing/run-captured.ts';
import { flowersCsv } from '../testing/sample-files.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = temporaryFolder();
  writeFileSync(inFolder('flowers.csv'), flowersCsv());
  const { code } = await runCaptured(['train', inFolder('flowers.csv'), '--algorithms', 'linear', ...dataDir()]);
  expect(code).toBe(0);
});
afterAll(() => folder[Symbol.dispose]());

const inFolder = (name: string) => join(folder.path, name);
const dataDir = () => ['--data-dir', inFolder('data')];
const predict = (...args: string[]) => runCaptured(['predict', 'flowers', ...args, ...dataDir()]);

test('rows are predicted in any of their three forms, one prediction a line', async () => {
  const rows = ['--row', '2.1,north', '--row', '[7.2, null]', '--row', '{"side": "south", "length": 2}'];
  const { code, out, err } = await predict(...rows);
  expect({ code, out }).toEqual({ code: 0, out: 'rose\nlily\nrose\n' });
  expect(err).toMatch(/flowers version \d, classification/);
});

test('--json gives the answer of the server', async () => {
  const { out } = await predict('--row', '7.2,south', '--version', '1', '--json');
  expect(JSON.parse(out)).toMatchObject({
    model: 'flowers',
    version: 1,
    predictions: ['lily'],
    labels: ['lily', 'rose'],
  });
});

test('--explain says what each input contributed, most first', async () => {
  const { code, out, err } = await predict('--row', '7.2,south', '--explain');
  expect({ code, out }).toEqual({ code: 0, out: 'lily\n' });
  expect(err).toMatch(/^for lily: base value -?[\d.]+, length \+[\d.]+, side [+-]/m);
  expect((await predict('--file', 'x.csv', '--explain')).code).toBe(2);
});

test('a file comes back with its predictions as the last column, in its own form', async () => {
  const lines = Array.from({ length: 2500 }, (_, index) => `${index};"note; ${index}";${index % 2 ? '7,0' : ''};south`);
  const file = inFolder('many.csv');
  writeFileSync(
    file,
    ['prediction;note;other;side', ...lines].join('\n').replaceAll('7,0', '7.0').replace('other', 'length'),
  );
  const { code, out, err } = await predict('--file', file, '--output', inFolder('predicted.csv'));
  expect({ code, out }).toEqual({ code: 0, out: '' });
  expect(err).toContain('Not inputs of flowers, left out: prediction, note.');
  expect(err).toContain('2,500 rows predicted by flowers version');
  const predicted = readFileSync(inFolder('predicted.csv'), 'utf8').split('\n');
  expect(predicted.length).toBe(2502);
  expect(predicted[0]).toBe('prediction;note;length;side;prediction_2');
  expect(predicted[1002]).toBe('1001;"note; 1001";7.0;south;lily');
});

test('a file without a header counts by place, with or without its target', async () => {
  const { code, out } = await runCaptured(['predict', 'flowers', '--file', '-', ...dataDir()], {
    input: '2.0,south,?\n7.5,north,?\n',
  });
  expect({ code, out }).toEqual({ code: 0, out: '2.0,south,?,rose\n7.5,north,?,lily\n' });
});

test('--json gives a line of JSON for each row of a file', async () => {
  const { out } = await runCaptured(['predict', 'flowers', '--file', '-', '--json', ...dataDir()], {
    input: 'side,length\nsouth,2\nnorth,8\n',
  });
  expect(out).toBe('{"prediction":"rose"}\n{"prediction":"lily"}\n');
});

test('a value that is refused is named by its row and line, and no file is left', async () => {
  const lines = Array.from({ length: 1500 }, (_, index) => (index === 1203 ? 'long,south' : '2.0,south'));
  writeFileSync(inFolder('bad.csv'), ['length,side', ...lines].join('\n'));
  const { code, err } = await predict('--file', inFolder('bad.csv'), '--output', inFolder('never.csv'));
  expect(code).toBe(1);
  expect(err).toContain(`(row 1204, line 1205 of ${inFolder('bad.csv')})`);
  expect(existsSync(inFolder('never.csv'))).toBe(false);
  expect(readdirSync(folder.path).filter((name) => name.endsWith('.partial'))).toEqual([]);
});

test.each([
  ['an unknown model', ['predict', 'nothing', '--row', '1'], 'model-not-found'],
  ['an unknown version', ['predict', 'flowers', '--row', '2,south', '--version', '99'], 'version-not-found'],
  ['too few values', ['predict', 'flowers', '--row', '2'], 'wrong-number-of-values'],
  ['an unknown field', ['predict', 'flowers', '--row', '{"size": 1}'], 'field-unknown'],
  ['a missing file', ['predict', 'flowers', '--file', '/nowhere/x.csv'], 'file-unreadable'],
  ['an output that cannot be', ['predict', 'flowers', '--file', '-', '--output', '/nowhere/x'], 'output-unwritable'],
])('%s is refused', async (_what, args, reason) => {
  const { code, err } = await runCaptured([...args, ...dataDir()], { input: '2.0,south\n' });
  expect(code).toBe(1);
  expect(err).toContain(`(${reason})`);
});

test('rows and a file at once are wrong usage, as are neither, and options of the other', async () => {
  expect((await predict()).code).toBe(2);
  expect((await predict('--row', '1', '--dataset', 'ds_1')).code).toBe(2);
  expect((await predict('--row', '1', '--name', 'x')).code).toBe(2);
  expect((await predict('--dataset', 'ds_1', '--output', 'x')).code).toBe(2);
  expect((await predict('--row', '1', '--file', '-')).code).toBe(2);
});

describe('intervals', () => {
  const prices = (...args: string[]) => runCaptured(['predict', 'prices', ...args, ...dataDir()]);
  const answers = (out: string) => JSON.parse(out);

  beforeAll(async () => {
    const lines = Array.from({ length: 400 }, (_, row) => `${row % 37},${100 + (row % 37) * 5 + ((row * 31) % 17)}`);
    writeFileSync(inFolder('prices.csv'), `size,price\n${lines.join('\n')}\n`);
    const options = ['--target', 'price', '--algorithms', 'linear', ...dataDir()];
    expect((await runCaptured(['train', inFolder('prices.csv'), ...options])).code).toBe(0);
  });

  test('of rows follow each prediction', async () => {
    const { code, out } = await prices('--row', '10', '--row', '20', '--interval', '0.8');
    expect(code).toBe(0);
    expect(out).toMatch(/^[\d.]+ {2}[\d.]+ to [\d.]+\n[\d.]+ {2}[\d.]+ to [\d.]+\n$/);
    const {
      predictions: [value],
      intervals: [interval],
    } = answers((await prices('--row', '10', '--interval', '0.8', '--json')).out);
    expect(interval.coverage).toBe(0.8);
    expect(interval.lower).toBeLessThan(value);
    expect(interval.upper).toBeGreaterThan(value);
    expect(interval.upper - interval.lower).toBeLessThan(20);
  });

  test('of a file are its last columns', async () => {
    writeFileSync(inFolder('sizes.csv'), 'size,lower\n10,1\n20,2\n');
    const { out } = await prices('--file', inFolder('sizes.csv'), '--interval', '0.8');
    const [header, ...rows] = out.trim().split('\n');
    expect(header).toBe('size,lower,prediction,lower_2,upper');
    for (const row of rows) {
      const [, , value, lower, upper] = row.split(',').map(Number) as [number, number, number, number, number];
      expect(lower).toBeLessThan(value);
      expect(upper).toBeGreaterThan(value);
    }
    const { out: json } = await prices('--file', inFolder('sizes.csv'), '--interval', '0.8', '--json');
    expect(answers(json.split('\n')[0] ?? '')).toEqual({
      prediction: expect.any(Number),
      lower: expect.any(Number),
      upper: expect.any(Number),
      coverage: 0.8,
    });
  });

  test('of a dataset are columns of its predictions', async () => {
    const listed = await runCaptured(['datasets', '--json', ...dataDir()]);
    const { id } = answers(listed.out).datasets.find(({ name }: { name: string }) => name === 'prices');
    const { out } = await prices('--dataset', id, '--interval', '0.9', '--json');
    expect(answers(out).result).toMatchObject({ interval: { coverage: 0.9, lower: 'lower', upper: 'upper' } });
  });

  test('of a classification are refused, and of no coverage', async () => {
    const { code, err } = await predict('--row', '7.2,south', '--interval', '0.8');
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('interval-unsupported') });
    expect((await prices('--row', '10', '--interval', '1')).code).toBe(2);
    expect((await prices('--item', '10', '--interval', '0.8')).code).toBe(2);
  });
});
