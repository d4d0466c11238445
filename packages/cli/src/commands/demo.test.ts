import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from '@jest/globals';
import { runCaptured } from '../testing/run-captured.ts';

const demoFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('bellwether-demo-'));

test('the demo trains on two tables, predicts, counts its requests and leaves nothing', async () => {
  const before = demoFolders();
  const { code, out, err } = await runCaptured(['demo', '--json'], { env: { AUTH: 'keys', PORT: '1', QUEUE: 'sqs' } });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const { tables, requests } = JSON.parse(out);
  expect(tables).toMatchObject([
    { model: 'iris', prediction: 1, champion: { task: 'classification', champion: true } },
    { model: 'orders', prediction: expect.any(Number), champion: { task: 'regression', target: 'amount' } },
  ]);
  expect(requests).toBeGreaterThan(10);
  expect(demoFolders().filter((name) => !before.includes(name))).toEqual([]);
});

test('demo --keep stays up until Ctrl-C, with lines to try', async () => {
  const { code, out } = await runCaptured(['demo', '--keep'], {
    onWrite: (text, terminal) => {
      if (text.includes('until Ctrl-C')) terminal.stop('SIGINT');
    },
  });
  expect(code).toBe(0);
  expect(out).toMatch(/→ 1\n/);
  expect(out).toMatch(/\d+ requests in the request log\. All done in [\d.]+ s\./);
  expect(out).toMatch(/curl -s http:\/\/127\.0\.0\.1:\d+\/v1\/models\/iris\/predictions/);
});
