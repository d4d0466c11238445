import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Job } from '@bellwether/contracts';
import { eventually, temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { pythonWith } from '../integration/python-environment.ts';
import { clientOf } from '../platform/client.ts';
import { startPlatform } from '../platform/start-platform.ts';
import { freePorts } from '../stack/free-ports.ts';

const script = fileURLToPath(new URL('triton-server.py', import.meta.url));
const requirements = ['nvidia-pytriton==0.7.0', 'onnxruntime==1.31.1'];
/** Triton's own Python is linked with the system's library, which others do not have. */
const debians = '/usr/bin/python3.11';

/** A real Triton that serves an ONNX file; it ends with the scope. */
async function tritonOf(model: string, name: string, port: number, workspace: string) {
  const python = await pythonWith(requirements, debians);
  const child = spawn(python, [script, model, name, String(port), workspace], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) if (line === 'ready') break;
  child.stdout.resume();
  if (child.exitCode !== null) throw new Error(`Triton ended with ${child.exitCode}`);
  return {
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended;
    },
  };
}

const isoDay = (day: number) => new Date(Date.UTC(2024, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);

/** Orders of two products on each day of 40 weeks. */
const ordersCsv = ['PRODUCT_ID,CHECKOUT_DATE,QUANTITY']
  .concat(
    [4048, 17].flatMap((product, place) =>
      Array.from({ length: 280 }, (_, day) => {
        const quantity = Math.round(6 + 3 * Math.sin(day / 9 + place) + ((day * 7) % 5) / 2);
        return `${product},${isoDay(day)},${quantity}`;
      }),
    ),
    '',
  )
  .join('\n');

const steps = [
  { kind: 'aggregate', period: 'week', values: [{ column: 'QUANTITY' }] },
  { kind: 'lags', periods: 4 },
];

test.each(['random-forest', 'xgboost', 'linear'])(
  'Triton predicts a product by our %s as we do',
  async (algorithm) => {
    using folder = temporaryFolder();
    const port = await freePorts(1);
    await using started = await startPlatform({ env: { OIP_URL: `http://127.0.0.1:${port}`, OIP_MODEL: 'orders' } });
    const user = clientOf(started.url, 'u1');
    const roles = { item: 'PRODUCT_ID', timestamp: 'CHECKOUT_DATE', target: 'QUANTITY' };
    const orders = await user.upload('orders', ordersCsv, { roles });
    const asked = await user.call<{ job: Job }>('POST', `/v1/datasets/${orders.id}/enrichments`, { steps });
    const enriched = await user.finished(asked.body.job.id);
    const datasetId = (enriched.result as { datasets: { enriched: string } }).datasets.enriched;
    await user.train('weekly', { datasetId, target: 'QUANTITY', candidates: [{ algorithm }] });
    const next = await eventually('a prediction of product 4048', async () => {
      const { status, body } = await user.call<{ prediction: number; version: number }>('GET', '/predict/4048');
      return status === 200 && body;
    });
    const [champion] = (await user.leaderboard('weekly')).filter((version) => version.champion);
    expect(champion?.algorithm).toBe(algorithm);

    const refused = await user.refusal('GET', '/predict_alt/4048');
    const onnx = await fetch(`${started.url}/v1/models/weekly/versions/${next.version}/artifact?form=onnx`, {
      headers: { 'x-user-id': 'u1' },
    });
    const file = join(folder.path, 'model.onnx');
    await writeFile(file, await onnx.bytes());
    await using _triton = await tritonOf(file, 'orders', port, join(folder.path, 'workspace'));
    const elsewhere = await user.call<{ prediction: number }>('GET', '/predict_alt/4048');

    expect(refused).toMatchObject({ status: 502, body: { code: 'remote-failed' } });
    expect(elsewhere).toMatchObject({
      status: 200,
      body: { ...next, prediction: expect.any(Number), remote: { model: 'orders', version: '1' } },
    });
    expect(Math.abs(elsewhere.body.prediction - next.prediction) / next.prediction).toBeLessThan(1e-5);
  },
  300_000,
);
