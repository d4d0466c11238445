import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { sampleKey, startFred } from '@bellwether/testkit/fred';
import { expect, test } from '@jest/globals';
import { runCaptured } from '../testing/run-captured.ts';

const demoFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('bellwether-demo-'));

test('the demo trains on three tables, predicts, counts its requests and leaves nothing', async () => {
  const before = demoFolders();
  const { code, out, err } = await runCaptured(['demo', '--json'], { env: { AUTH: 'keys', PORT: '1', QUEUE: 'sqs' } });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const { tables, sales, requests } = JSON.parse(out);
  expect(tables).toMatchObject([
    { model: 'iris', prediction: 1, champion: { task: 'classification', champion: true } },
    { model: 'orders', prediction: expect.any(Number), champion: { task: 'regression', target: 'amount' } },
  ]);
  expect(sales).toMatchObject({ series: ['UNRATE', 'CPIAUCSL'], rows: { train: 832, test: 208 } });
  expect(Math.sqrt(sales.metrics.mse)).toBeCloseTo(sales.metrics.rmse, 9);
  expect(requests).toBeGreaterThan(10);
  expect(demoFolders().filter((name) => !before.includes(name))).toEqual([]);
});

test('with a key the demo asks FRED by it, and says so', async () => {
  await using fred = await startFred();
  const env = { FRED_API_KEY: sampleKey, FRED_BASE_URL: fred.url };
  const { code, out } = await runCaptured(['demo'], { env });
  expect(code).toBe(0);
  expect(out).toContain('Economic series come from FRED, by your FRED_API_KEY.');
  expect(fred.requests.some((request) => request.includes('/series/observations?series_id=UNRATE'))).toBe(true);
});

test('demo --keep stays up until Ctrl-C, with lines to try', async () => {
  const { code, out } = await runCaptured(['demo', '--keep'], {
    onWrite: (text, terminal) => {
      if (text.includes('until Ctrl-C')) terminal.stop('SIGINT');
    },
  });
  expect(code).toBe(0);
  expect(out).toMatch(/→ 1\n/);
  expect(out).toContain('No FRED_API_KEY is set: economic series come from a sample');
  expect(out).toMatch(/→ UNRATE: Unemployment Rate, Percent, Quarterly\n/);
  expect(out).toMatch(/→ mean squared error [\d.]+, R² 0\.\d+\n/);
  expect(out).toMatch(/\d+ requests in the request log\. All done in [\d.]+ s\./);
  expect(out).toMatch(/curl -s http:\/\/127\.0\.0\.1:\d+\/v1\/models\/iris\/predictions/);
});
