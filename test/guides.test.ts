import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { eventually, temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { clientOf } from './platform/client.ts';
import { startPlatform } from './platform/start-platform.ts';

const root = new URL('..', import.meta.url).pathname;

/** The shell commands of a guide, in order. */
const blocksOf = (guide: string): string[] =>
  [...readFileSync(`${root}docs/${guide}`, 'utf8').matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block ?? '');

test('the guide to orders per product does what it says', async () => {
  await using started = await startPlatform();
  using folder = temporaryFolder();
  const env = { ...process.env, NODE_OPTIONS: '', BELLWETHER_URL: started.url, NO_COLOR: '1' };
  const bellwether = `bellwether() { '${process.execPath}' '${root}packages/cli/src/main.ts' "$@"; }`;
  const outputs: string[] = [];
  for (const block of blocksOf('orders-per-product.md')) {
    const script = `set -e\n${bellwether}\n${block.replaceAll('localhost:8080', started.url)}`;
    const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: folder.path, env });
    outputs.push(stdout);
  }
  const [, trained, predicted] = outputs;
  expect(outputs).toHaveLength(4);
  expect(trained).toContain('predict weekly-orders --item <PRODUCT_ID>');
  expect(predicted).toMatch(/^2025-02-24 {2}[\d.]+\n2025-03-03 {2}[\d.]+\n2025-03-10 {2}[\d.]+\n\{"item":"4048"/);

  const user = clientOf(started.url, 'local');
  const moved = await eventually('the next week', async () => {
    const { body } = await user.call<{ periodStart: string }>('GET', '/predict/4048');
    return body.periodStart === '2025-03-03' && body;
  });
  expect(moved).toMatchObject({ item: '4048', model: 'weekly-orders' });
});
