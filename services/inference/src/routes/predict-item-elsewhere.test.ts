import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { inferenceCase } from '../../test/inference-case.ts';
import { predictItemElsewhere } from './predict-item-elsewhere.ts';

type Request = Parameters<typeof predictItemElsewhere>[0];
const request = requested<Request>({ params: { item: '4048' }, query: {} });

/** Item 4048 of model `m`, whose features are at hand. */
async function itemCase(config: object) {
  const inference = await inferenceCase();
  const loaded = await inference.deps.models.get('t1', 'm');
  const found = { item: '4048', periodStart: '2026-11-23', model: 'm', version: 1, features: { x: 3, y: 4 }, loaded };
  const deps = {
    ...inference.deps,
    config: { ...inference.deps.config, ...config },
    items: { ...inference.deps.items, features: async () => found },
  };
  return { deps, [Symbol.asyncDispose]: () => inference[Symbol.asyncDispose]() };
}

test('another server predicts from the same features, under its own name of the model', async () => {
  const asked: { url: string | undefined; inputs?: unknown }[] = [];
  const server = createServer(async (incoming, response) => {
    let text = '';
    for await (const chunk of incoming) text += chunk;
    asked.push({ url: incoming.url, ...(text === '' ? {} : JSON.parse(text)) });
    const metadata = { inputs: ['x', 'y'].map((name) => ({ name, datatype: 'FP32', shape: [-1, 1] })) };
    const answer = {
      model_version: '7',
      outputs: [{ name: 'predict', datatype: 'FP32', shape: [1, 1], data: [12.5] }],
    };
    response.end(JSON.stringify(text === '' ? metadata : answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    await using items = await itemCase({ OIP_URL: `http://127.0.0.1:${port}`, OIP_MODEL: 'orders' });

    const answer = await predictItemElsewhere(request, items.deps);

    expect(answer).toEqual({
      body: {
        item: '4048',
        periodStart: '2026-11-23',
        model: 'm',
        version: 1,
        prediction: 12.5,
        remote: { model: 'orders', version: '7' },
      },
    });
    expect(asked).toEqual([
      { url: '/v2/models/orders' },
      {
        url: '/v2/models/orders/infer',
        inputs: [
          { name: 'x', datatype: 'FP32', shape: [1, 1], data: [3] },
          { name: 'y', datatype: 'FP32', shape: [1, 1], data: [4] },
        ],
      },
    ]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('without a server it is said which variable names one', async () => {
  await using items = await itemCase({});
  await expect(predictItemElsewhere(request, items.deps)).rejects.toMatchObject({
    status: 409,
    code: 'remote-not-configured',
    options: { cure: expect.stringContaining('OIP_URL') },
  });
});
