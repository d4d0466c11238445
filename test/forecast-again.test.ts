import type { Forecaster, ForecastJobProgress, Job } from '@bellwether/contracts';
import { expect, jest, test } from '@jest/globals';
import { type Client, clientOf } from './platform/client.ts';
import { startPlatform } from './platform/start-platform.ts';
import { numbers } from './platform/tables.ts';

jest.setTimeout(200_000);
const patience = 120_000;

const isoDay = (at: number) => new Date(Date.UTC(2024, 0, 1) + at * 86_400_000).toISOString().slice(0, 10);
const price = (at: number) => (at % 5 === 0 ? 1 : 2);

/** What shops sell: a week's rhythm, and twice as much at half the price. */
function sales(days: number): string {
  const next = numbers(5);
  const rows = ['a', 'b', 'c', 'd'].flatMap((shop, index) =>
    Array.from({ length: days }, (_, at) => {
      const rhythm = 1 + 0.3 * Math.sin((2 * Math.PI * at) / 7);
      return `${shop},${isoDay(at)},${price(at)},${Math.round((200 * (index + 1) * rhythm) / price(at) + 5 * next())}`;
    }),
  );
  return ['shop,day,price,sales', ...rows, ''].join('\n');
}

/** Prices to come, of each shop; without shops they hold for all. */
const future = (priceAt: (at: number) => number, shops: readonly string[] = ['']) =>
  [
    shops.length === 1 ? 'day,price' : 'shop,day,price',
    ...shops.flatMap((shop) =>
      Array.from(
        { length: 7 },
        (_, step) => `${shop === '' ? '' : `${shop},`}${isoDay(120 + step)},${priceAt(120 + step)}`,
      ),
    ),
    '',
  ].join('\n');

interface Answer {
  readonly version: number;
  readonly forecasts: readonly { item: string; time: string; mean: number; quantiles: Record<string, number> }[];
}
const again = async (user: Client, body: object) =>
  (await user.call<Answer>('POST', '/v1/models/shops/forecasts', body)).body;

const total = ({ forecasts }: Answer) => forecasts.reduce((sum, { mean }) => sum + mean, 0);

test('what is trained forecasts again: the same, what if prices were others, and after more days', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const roles = { item: 'shop', timestamp: 'day', target: 'sales' };
  const table = await user.upload('shops', sales(120), { roles });
  const planned = await user.upload('planned', future(price, ['a', 'b', 'c', 'd']));
  const asked = { model: 'shops', horizon: 7, futureId: planned.id, known: ['price'] };
  const { body } = await user.call<{ job: Job }>('POST', `/v1/datasets/${table.id}/forecasts`, asked);
  const job = await user.finished(body.job.id, patience);
  const { datasets } = job.result as unknown as ForecastJobProgress;
  const stored = await user.call<{ rows: Record<string, unknown>[] }>(
    'GET',
    `/v1/datasets/${datasets?.forecasts}/rows?limit=200`,
  );

  const same = await again(user, {});
  expect(same).toMatchObject({ model: 'shops', version: 1, frequency: 'every day' });
  expect(same.forecasts.map(({ item, time, mean, quantiles }) => [item, time, mean, quantiles.p90])).toEqual(
    stored.body.rows.map(({ shop, day, mean, p90 }) => [shop, String(day).slice(0, 10), mean, p90]),
  );

  const cheap = await user.upload(
    'cheap',
    future(() => 1),
  );
  const dear = await user.upload(
    'dear',
    future(() => 2),
  );
  const some = { version: 1, items: ['b'] };
  const [ifCheap, ifDear] = [
    await again(user, { ...some, futureId: cheap.id }),
    await again(user, { ...some, futureId: dear.id }),
  ];
  expect(ifCheap.forecasts.map(({ item }) => item)).toEqual(Array.from({ length: 7 }, () => 'b'));
  expect(total(ifCheap)).toBeGreaterThan(1.2 * total(ifDear));

  const asFile = (accept: string, more: object = {}) =>
    fetch(`${started.url}/v1/models/shops/forecasts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-user-id': 'u1', accept },
      body: JSON.stringify({ ...some, ...more }),
      redirect: 'manual',
    });
  const csv = await asFile('text/csv');
  const [head, ...lines] = (await csv.text()).trimEnd().split('\n');
  expect([csv.status, csv.headers.get('content-type'), head]).toEqual([
    200,
    'text/csv; charset=utf-8',
    'shop,day,p10,p50,p90,mean',
  ]);
  const ofB = same.forecasts.filter(({ item }) => item === 'b');
  expect(lines).toEqual(
    ofB.map(({ item, time, mean, quantiles: { p10, p50, p90 } }) => {
      const numbers = [p10, p50, p90, mean].map((value) => Number(value?.toPrecision(15)));
      return [item, time, ...numbers].join();
    }),
  );
  const parquet = await asFile('*/*', { format: 'parquet' });
  expect(parquet.status).toBe(303);
  const bytes = Buffer.from(await (await fetch(parquet.headers.get('location') ?? '')).arrayBuffer());
  const copied = await user.upload('copied', bytes);
  const copy = await user.call<{ rows: { mean: number }[] }>('GET', `/v1/datasets/${copied.id}/rows`);
  expect(copy.body.rows.map(({ mean }) => mean)).toEqual(ofB.map(({ mean }) => mean));

  const later = await user.upload('later', sales(130), { roles });
  const extended = await again(user, { items: ['a', 'd'], datasetId: later.id });
  expect([extended.forecasts.length, extended.forecasts[0]?.time]).toEqual([2 * 7, isoDay(130)]);

  const listed = await user.call<{ forecasters: Forecaster[] }>('GET', '/v1/models/shops/forecasters');
  expect(listed.body.forecasters.map(({ version }) => version)).toEqual([1]);
  const refusals = await Promise.all([
    user.refusal('POST', '/v1/models/nobody/forecasts', {}),
    user.refusal('POST', '/v1/models/shops/forecasts', { version: 2 }),
    user.refusal('POST', '/v1/models/shops/forecasts', { items: ['z'] }),
    user.refusal('POST', '/v1/models/shops/forecasts', { datasetId: planned.id }),
    user.refusal('POST', '/v1/models/shops/forecasts', { futureId: datasets?.forecasts }),
    clientOf(started.url, 'u2').refusal('POST', '/v1/models/shops/forecasts', {}),
  ]);
  expect(refusals.map(({ status, body: { code } }) => `${status} ${code}`)).toEqual([
    '404 forecaster-not-found',
    '404 forecaster-not-found',
    '422 item-unknown',
    '422 column-missing',
    '422 known-missing',
    '404 forecaster-not-found',
  ]);
});
