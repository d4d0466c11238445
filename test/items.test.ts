import type { Dataset, Job, ModelVersion } from '@bellwether/contracts';
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

  // The week that was predicted becomes the past.
  const week = Array.from({ length: 7 }, (_, day) => ({
    PRODUCT_ID: 4048,
    CHECKOUT_DATE: isoDay(60 * 7 + day),
    QUANTITY: 5,
  }));
  const appended = await user.call<{ dataset: Dataset }>('POST', '/v1/datasets/orders/rows', { rows: week });
  expect(appended).toMatchObject({ status: 202, body: { dataset: { status: 'validating', parents: [orders.id] } } });
  expect(await user.settled(appended.body.dataset.id)).toMatchObject({ status: 'ready', rows: 60 * 7 * 3 + 7 });
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

test('rows that are appended at the same time are all there in the end, and rows that do not fit are refused', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const first = await user.upload('orders', ordersCsv(4, [17, 4048]), { roles });
  const row = { PRODUCT_ID: 1, CHECKOUT_DATE: '2024-02-01', QUANTITY: 3 };

  const appends = await Promise.all(
    [1, 2, 3].map((QUANTITY) =>
      user.call<{ dataset: Dataset }>('POST', '/v1/datasets/orders/rows', { rows: [{ ...row, QUANTITY }] }),
    ),
  );
  const settled = await Promise.all(appends.map(({ body }) => user.settled(body.dataset.id)));
  const newest = settled.toSorted((a, b) => (a.id < b.id ? 1 : -1))[0];
  const rows = await user.call<{ rows: { QUANTITY: number }[] }>('GET', `/v1/datasets/${newest?.id}/rows?offset=56`);

  expect(settled.map(({ status }) => status)).toEqual(['ready', 'ready', 'ready']);
  expect(new Set(settled.flatMap(({ parents }) => parents)).size).toBe(3);
  expect(settled.flatMap(({ parents }) => parents)).toContain(first.id);
  expect(rows.body.rows.map(({ QUANTITY }) => QUANTITY).toSorted()).toEqual([1, 2, 3]);
  expect(newest).toMatchObject({ rows: 59, roles, schema: first.schema });

  const { QUANTITY: _, ...without } = row;
  const unfit = { rows: [row, without, { ...row, QUANTITY: 'many' }] };
  const refused = await user.refusal('POST', '/v1/datasets/orders/rows', unfit);
  expect(refused).toMatchObject({
    status: 422,
    body: {
      code: 'rows-refused',
      field: 'rows',
      problems: [
        { code: 'value-missing', column: 'QUANTITY', row: 2 },
        { code: 'value-refused', column: 'QUANTITY', row: 3 },
      ],
    },
  });
  const nowhere = await clientOf(started.url, 'u2').refusal('POST', '/v1/datasets/orders/rows', { rows: [row] });
  expect(nowhere).toMatchObject({ status: 404, body: { code: 'dataset-not-found' } });
});
