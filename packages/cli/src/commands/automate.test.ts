import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runCaptured } from '../testing/run-captured.ts';

let folder: TemporaryFolder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder[Symbol.dispose]());

const bellwether = (...args: string[]) => runCaptured([...args, '--data-dir', join(folder.path, 'data')]);

const orders = ['--dataset', 'orders', '--target', 'QUANTITY', '--item', 'PRODUCT', '--date', 'DAY'];

test('an automation is made, listed, shown and removed', async () => {
  const made = await bellwether(
    ...['automate', ...orders, '--train', 'weekly', '--period', 'week', '--lags', '2', '--algorithms', 'linear'],
    ...['--periods', '3', '--name', 'orders by week'],
  );
  expect(made).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^automation_\w+\n$/),
    err: 'enrich, train weekly, predict: each upload of orders\n',
  });
  const id = made.out.trim();

  const listed = await bellwether('automate', '--list');
  const shown = await bellwether('automate', id, '--json');
  const removed = await bellwether('automate', '--remove', id);
  const gone = await bellwether('automate', id);

  expect(listed.out).toContain(`${id}  orders by week  each upload of orders  enrich, train weekly, predict`);
  expect(JSON.parse(shown.out)).toMatchObject({ id, runs: [], when: { dataset: 'orders' } });
  expect(JSON.parse(shown.out).then).toMatchObject([
    {
      kind: 'enrich',
      name: 'orders-features',
      steps: [
        { kind: 'aggregate', period: 'week', item: 'PRODUCT', date: 'DAY', values: [{ column: 'QUANTITY' }] },
        { kind: 'lags', periods: 2, column: 'QUANTITY', item: 'PRODUCT', date: 'DAY' },
      ],
    },
    { kind: 'train', model: 'weekly', target: 'QUANTITY', candidates: [{ algorithm: 'linear' }] },
    { kind: 'predict', periods: 3 },
  ]);
  expect(removed).toMatchObject({ code: 0, err: `Automation ${id} is deleted; its runs stay.\n` });
  expect(gone).toMatchObject({ code: 1, err: expect.stringContaining('automation-not-found') });
});

test('by rows, and as a file', async () => {
  const file = join(folder.path, 'automation.json');
  writeFileSync(file, '{"when":{"dataset":"sales"},"then":[{"kind":"train","model":"prices"}]}');

  const rows = await bellwether('automate', '--dataset', 'sales', '--rows', '100', '--train', 'prices');
  const read = await bellwether('automate', '--file', file);

  expect(rows).toMatchObject({ code: 0, err: 'train prices: each 100 new rows of sales\n' });
  expect(read).toMatchObject({ code: 0, err: 'train prices: each upload of sales\n' });
});

test.each([
  ['nothing to do', ['--dataset', 'sales'], /Give --train/],
  ['no dataset', ['--train', 'prices'], /Give --dataset/],
  ['features of no column', ['--dataset', 'sales', '--train', 'prices', '--lags', '3'], /Give --target/],
  ['two commands in one', ['--list', '--remove', 'x'], /Give one of/],
])('%s is wrong usage', async (_, args, why) => {
  expect(await bellwether('automate', ...args)).toMatchObject({ code: 2, err: expect.stringMatching(why) });
});

test.each([
  ['a pattern that is none', ['--dataset', 'sales', '--cron', 'soon', '--train', 'prices'], /cron-invalid/],
  ['rows and a pattern', ['--dataset', 'sales', '--cron', '@daily', '--rows', '3', '--train', 'p'], /not both/],
  ['a dataset that is not there', ['--dataset', 'sales', '--cron', '@daily', '--train', 'prices'], /dataset-not-found/],
  ['a file that is none', ['--file', '/nowhere.json'], /automation-invalid/],
])('%s is refused with the reason', async (_, args, why) => {
  expect(await bellwether('automate', ...args)).toMatchObject({ code: 1, err: expect.stringMatching(why) });
});
