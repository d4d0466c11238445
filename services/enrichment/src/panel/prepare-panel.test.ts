import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectUpload } from '@bellwether/datasets';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { preparePanel } from './prepare-panel.ts';

const months = (year: number, count: number) =>
  Array.from({ length: count }, (_, at) => new Date(Date.UTC(year, at, 1)).toISOString().slice(0, 10));
const shop = (name: string, stamps: readonly string[]) =>
  stamps.map((stamp, at) => `${name},${stamp},${10 + (at % 5)}`);

async function prepare(rows: readonly string[]) {
  using folder = temporaryFolder();
  const [source, output] = [join(folder.path, 'table.csv'), join(folder.path, 'table.parquet')];
  await writeFile(source, ['shop,day,sales', ...rows, ''].join('\n'));
  await inspectUpload({ source, output, workDir: folder.path });
  const task = {
    tables: { target: output, columns: { item: 'shop', time: 'day', target: 'sales' } },
    request: { horizon: 3, quantiles: [0.5], windows: 1, seed: 0 },
    now: Date.UTC(2026, 0, 1),
    folder: folder.path,
  };
  return await preparePanel(task, () => undefined);
}

test('notes say how often and in which items something was found, and what mends it', async () => {
  const rows = [...shop('a', months(2020, 36)), ...shop('b', months(2020, 36)), 'a,2099-01-01,7'];

  const { notes } = await prepare(rows);

  expect(notes).toContain(
    'The target has values of the future; they were left out (1 in "a"). If they are plans, give them as a known column.',
  );
});

test('a table whose values all are of the future is refused as that', async () => {
  await expect(prepare(shop('a', months(2090, 24)))).rejects.toMatchObject({
    code: 'no-values',
    message: expect.stringMatching(/values of the future; they were left out \(24 in "a"\).*No item has a value/),
  });
});

test('an item of months among items of days is told', async () => {
  const days = Array.from({ length: 200 }, (_, at) => new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10));
  const all = [...shop('a', days), ...shop('b', days)];

  expect((await prepare(all)).notes.join()).not.toContain('every month');
  const { notes } = await prepare([...all, ...shop('c', months(2022, 30))]);
  expect(notes).toContainEqual(
    expect.stringMatching(/^Items have a value every month, where the table was taken for one every day;.* \("c"\)\./),
  );
});

test('a shop that sells now and then is none of another frequency', async () => {
  const days = (step: (at: number) => number) =>
    Array.from({ length: 60 }, (_, at) => new Date(Date.UTC(2024, 0, 1 + step(at))).toISOString().slice(0, 10));
  const { notes } = await prepare([
    ...shop(
      'a',
      days((at) => at),
    ),
    ...shop(
      'b',
      days((at) => 5 * at + ((at * at) % 4)),
    ),
  ]);
  expect(notes.join()).not.toContain('Items have a value every');
});
