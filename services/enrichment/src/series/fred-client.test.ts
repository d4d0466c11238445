import { sampleKey, startFred } from '@bellwether/testkit/fred';
import { expect, test } from '@jest/globals';
import { createFredClient } from './fred-client.ts';

const clientOf = (url: string, options: { apiKey?: string; timeoutMilliseconds?: number } = {}) =>
  createFredClient({ baseUrl: url, apiKey: sampleKey, takeTurn: async () => undefined, firstPause: 1, ...options });

test('a search goes by parts of the list, the most popular first', async () => {
  await using fred = await startFred();
  const client = clientOf(fred.url);

  const first = await client.search('a', {}, { offset: 0, limit: 10 });
  const second = await client.search('a', {}, { offset: 10, limit: 10 });

  expect(first.series).toHaveLength(10);
  expect(second.series.length).toBe(first.total - 10);
  const popularity = [...first.series, ...second.series].map((series) => series.popularity);
  expect(popularity).toEqual(popularity.toSorted((a, b) => b - a));
});

test('a search is narrowed by units, frequency, seasonal adjustment and tags', async () => {
  await using fred = await startFred();
  const client = clientOf(fred.url);

  const { series } = await client.search(
    'rate',
    { filter: { variable: 'units', value: 'Percent' }, frequency: 'Monthly', seasonalAdjustment: 'SA' },
    { offset: 0, limit: 10 },
  );

  expect(series.map(({ id }) => id)).toEqual(['PSAVERT']);
  expect(fred.requests[0]).toContain('filter_variable=units&filter_value=Percent&tag_names=monthly%3Bsa');
});

test.each([
  ['units', 'Percent', ['UNRATE', 'PSAVERT']],
  ['frequency', 'Quarterly', ['GDPC1']],
  ['seasonal_adjustment', 'Not Seasonally Adjusted', []],
] as const)('FRED’s own filter by %s is handed on as it is', async (variable, value, some) => {
  await using fred = await startFred();

  const { series } = await clientOf(fred.url).search('a', { filter: { variable, value } }, { offset: 0, limit: 1000 });

  expect(series.length).toBeGreaterThan(0);
  expect(new Set(series.map((each) => each[variable]))).toEqual(new Set([value]));
  expect(series.map(({ id }) => id)).toEqual(expect.arrayContaining([...some]));
});

test('a point is a missing value', async () => {
  await using fred = await startFred();

  const observations = await clientOf(fred.url).observations('UEMPMED', false);

  expect(observations.slice(2, 5).map(({ value }) => value)).toEqual([expect.any(Number), null, expect.any(Number)]);
});

test('with vintages each value comes with the day on which it was published', async () => {
  await using fred = await startFred();

  const observations = await clientOf(fred.url).observations('PCE', true);

  expect(observations.slice(0, 2)).toEqual([
    { date: '1967-07-01', value: 507, knownFrom: '1967-08-15' },
    { date: '1967-07-01', value: 507.4, knownFrom: '1967-09-14' },
  ]);
});

test('of a series with more vintages than FRED gives at once, each value still comes with its own day', async () => {
  await using fred = await startFred();
  await using strict = await startFred({ mostVintages: 100 });
  const byDay = (a: { date: string; knownFrom?: string }, b: { date: string; knownFrom?: string }) =>
    `${a.date} ${a.knownFrom}` < `${b.date} ${b.knownFrom}` ? -1 : 1;
  const whole = await clientOf(fred.url).observations('PCE', true);

  const windows = await clientOf(strict.url).observations('PCE', true);

  expect(windows.toSorted(byDay)).toEqual(whole.toSorted(byDay));
  expect(strict.requests.length).toBeGreaterThan(10);
});

test.each([429, 500, 503])('a passing %i is asked again', async (status) => {
  await using fred = await startFred();
  fred.misbehave({ kind: 'status', status, times: 2 });

  expect((await clientOf(fred.url).describe('UNRATE'))?.title).toBe('Unemployment Rate');
  expect(fred.requests).toHaveLength(3);
});

test.each([
  ['is down', { kind: 'status', status: 500, times: 99 }, /500/],
  ['answers HTML', { kind: 'html' }, /not JSON/],
  ['is silent', { kind: 'silence' }, /no answer/],
] as const)('a FRED that %s is unavailable in the end', async (_, fault, message) => {
  await using fred = await startFred();
  fred.misbehave(fault);

  await expect(clientOf(fred.url, { timeoutMilliseconds: 20 }).describe('UNRATE')).rejects.toMatchObject({
    code: 'fred-unavailable',
    status: 503,
    message: expect.stringMatching(message),
  });
});

test.each([
  ['is silent', { kind: 'silence' }, undefined],
  ['asks for patience', { kind: 'status', status: 500, times: 99 }, undefined],
  ['has no turn left', undefined, () => new Promise<void>(() => undefined)],
] as const)('somebody who waits while FRED %s is told so before all attempts are spent', async (_, fault, takeTurn) => {
  await using fred = await startFred();
  fred.misbehave(fault);
  const client = createFredClient({
    baseUrl: fred.url,
    apiKey: sampleKey,
    takeTurn: takeTurn ?? (async () => undefined),
    firstPause: 3_600_000,
    timeoutMilliseconds: 3_600_000,
    patienceMilliseconds: 20,
  });

  await expect(client.describe('UNRATE')).rejects.toMatchObject({
    code: 'fred-unavailable',
    message: expect.stringContaining('no answer in time'),
  });
});

test('a series whose releases FRED does not keep is told apart from one that does not exist', async () => {
  await using fred = await startFred();
  const message = 'Bad Request.  The series does not exist in ALFRED but may exist in FRED.';
  fred.misbehave({ kind: 'status', status: 400, times: 1, message });

  await expect(clientOf(fred.url).observations('PCE', true)).rejects.toMatchObject({
    code: 'series-without-releases',
    status: 422,
  });
});

test('a series that does not exist is told apart, and asked for once', async () => {
  await using fred = await startFred();
  const client = clientOf(fred.url);

  expect(await client.describe('NOSUCH')).toBeUndefined();
  await expect(client.observations('NOSUCH', false)).rejects.toMatchObject({ code: 'series-not-found' });
  expect(fred.requests).toHaveLength(2);
});

test('a key that FRED does not take is a conflict that says how to get one', async () => {
  await using fred = await startFred();

  await expect(clientOf(fred.url, { apiKey: 'short' }).describe('UNRATE')).rejects.toMatchObject({
    code: 'fred-key-refused',
    status: 409,
    options: { cure: expect.stringContaining('api_key.html') },
  });
});
