import { readFile } from 'node:fs/promises';
import type { Dataset } from '@bellwether/contracts';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { startAll, stopAll } from '../crash/crashable-platform.ts';
import { clientOf } from '../platform/client.ts';
import { fiveProcesses } from '../stack/five-processes.ts';
import { ownStack } from '../stack/own-stack.ts';

/** The shell lines of one section of localstack/README.md. */
async function linesOf(heading: string): Promise<string> {
  const text = await readFile(new URL('../../localstack/README.md', import.meta.url), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, lines = '']) => lines).join('');
}

test('the lines of localstack/README.md for the AWS command line do what it says', async () => {
  using folder = temporaryFolder();
  await using stack = await ownStack(folder.path);
  await using platform = fiveProcesses(stack, { folder: folder.path });
  await startAll(platform);
  try {
    const lines = await linesOf('With the AWS command line');

    const output = await stack.bash(`aws --version\nexport BELLWETHER_URL=${platform.url}\n${lines}`);

    expect(output).toMatch(/^aws-cli\/1\.46\.2 /);
    expect(output).toMatch(/ bellwether$/m);
    expect(output).toContain('/bellwether-training-trials-dead');
    expect(output).toMatch(/"ApproximateNumberOfMessages": "\d+"/);
    expect(output).toMatch(/^bellwether-platform\t/m);
    expect(output).toContain('the same file');
    const user = clientOf(platform.url, 'u1');
    const { body } = await user.call<{ datasets: Dataset[] }>('GET', '/v1/datasets');
    const datasets = await Promise.all(body.datasets.map(({ id }) => user.settled(id)));
    expect(datasets.map(({ status, rows }) => [status, rows])).toEqual([
      ['ready', 150],
      ['ready', 150],
    ]);
  } finally {
    await stopAll(platform);
  }
}, 180_000);
