import type { Job, ModelVersion } from '@bellwether/contracts';
import { eventually } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { type Client, clientOf } from './platform/client.ts';
import { startPlatform } from './platform/start-platform.ts';
import { numbers } from './platform/tables.ts';

const monday = Date.UTC(2024, 0, 1);
const isoDay = (day: number) => new Date(monday + day * 86_400_000).toISOString().slice(0, 10);

/** Orders of some products on each day of whole weeks, and one on the last of them. */
function ordersCsv(weeks: number, products: readonly number[]): string {
  const next = numbers(7);
  const lines = products.flatMap((product, place) =>
    Array.from({ length: weeks * 7 }, (_, day) => {
      const season = 4 + 3 * Math.sin((2 * Math.PI * (day + 40 * place)) / 182);
      return `${product},${isoDay(day)},${Math.round(season + 2 * next() + place)}`;
    }),
  );
  return ['PRODUCT_ID,CHECKOUT_DATE,QUANTITY', ...lines, ''].join('\n');
}

const roles = { item: 'PRODUCT_ID', timestamp: 'CHECKOUT_DATE', target: 'QUANTITY' };
const weekly = [
  { kind: 'aggregate', period: 'week', values: [{ column: 'QUANTITY' }] },
  { kind: 'lags', periods: 4 },
];

async function enriched(user: Client, datasetId: string, steps: object[] = weekly): Promise<string> {
  const path = `/v1/datasets/${datasetId}/enrichments`;
  const answer = await user.call<{ job: Job }>('POST', path, { steps, name: 'weekly' });
  const job = await user.finished(answer.body.job.id);
  return (job.result as { datasets: { enriched: string } }).datasets.enriched;
}

interface NextPeriod {
  readonly item: string;
  readonly periodStart: string;
  readonly prediction: number;
  readonly model: string;
  readonly version: number;
}

/** The answer once items are prepared, and until then the refusal that says so. */
async function predicted<Body = NextPeriod>(user: Client, path: string, until = (_: Body) => true): Promise<Body> {
  return await eventually(`answer of ${path}`, async () => {
    const { status, body } = await user.call<Body>('GET', path);
    return status === 200 && until(body) && body;
  });
}

test('a product’s next week is predicted from the newest orders, by the steps of the training table', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const orders = await user.upload('orders', ordersCsv(60, [17, 4048, 5001]), { roles });
  const datasetId = await enriched(user, orders.id);
  await user.train('weekly-orders', { datasetId, target: 'QUANTITY', candidates: [{ algorithm: 'random-forest' }] });

  const next = await predicted(user, '/predict/4048');
  expect(next).toMatchObject({ item: '4048', periodStart: isoDay(60 * 7), model: 'weekly-orders' });
  const [version] = await user.leaderboard('weekly-orders');
  expect(version).toMatchObject({
    recipe: {
      source: 'orders',
      item: 'PRODUCT_ID',
      timestamp: 'CHECKOUT_DATE',
      period: 'week',
      target: 'QUANTITY',
      steps: [{ kind: 'aggregate' }, { kind: 'lags', periods: 4, column: 'QUANTITY' }],
    },
  } satisfies Partial<ModelVersion> | object);

  const several = await predicted<{ predictions: { periodStart: string; prediction: number }[] }>(
    user,
    '/predict/4048?periods=3',
  );
  expect(several.predictions.map(({ periodStart }) => periodStart)).toEqual([420, 427, 434].map(isoDay));
  expect(several.predictions[0]?.prediction).toBe(next.prediction);

  // The week that was predicted becomes the past: the same features are in the table of the next training.
  await user.upload('orders', ordersCsv(61, [17, 4048, 5001]), { roles });
  const moved = await predicted(user, '/predict/4048', ({ periodStart }: NextPeriod) => periodStart === isoDay(61 * 7));
  expect(moved.model).toBe('weekly-orders');
});

test('items that are not known, models without items and wrong numbers of periods are refused with what helps', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  expect(await user.refusal('GET', '/predict/4048')).toMatchObject({
    status: 409,
    body: { code: 'model-without-items' },
  });

  const orders = await user.upload('orders', `${ordersCsv(30, [17, 4048])}4049,${isoDay(209)},3\n`, { roles });
  const datasetId = await enriched(user, orders.id);
  const candidates = [{ algorithm: 'linear' }];
  await user.train('weekly-orders', { datasetId, target: 'QUANTITY', candidates });
  await user.train('plain', { datasetId: orders.id, target: 'QUANTITY', candidates });
  const newcomer = await predicted(user, '/predict/4049');

  const unknown = await user.refusal('GET', '/predict/4047');
  const others = await clientOf(started.url, 'u2').refusal('GET', '/predict/4048');
  const plain = await user.refusal('GET', '/predict/4048?model=plain');
  const many = await user.refusal('GET', '/predict/4048?periods=53');

  expect(Number.isFinite(newcomer.prediction)).toBe(true);
  expect(unknown).toMatchObject({ status: 404, body: { code: 'item-not-found', field: 'item' } });
  expect(unknown.body.cure).toMatch(/4048|4049/);
  expect(others).toMatchObject({ status: 409, body: { code: 'model-without-items' } });
  expect(plain).toMatchObject({ status: 409, body: { code: 'model-without-items', field: 'model' } });
  expect(many).toMatchObject({ status: 422, body: { code: 'invalid-request' } });
});
