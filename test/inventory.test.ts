import { readFileSync } from 'node:fs';
import type { InventoryJob, ProblemDocument } from '@bellwether/contracts';
import { eventually } from '@bellwether/testkit';
import { type FredServer, sampleKey, startFred } from '@bellwether/testkit/fred';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Client, clientOf } from './platform/client.ts';
import { startPlatform, type TestPlatform } from './platform/start-platform.ts';

const sales = readFileSync(new URL('../samples/sales.csv', import.meta.url), 'utf8');

let fred: FredServer;
let started: TestPlatform;
beforeAll(async () => {
  fred = await startFred();
  started = await startPlatform({ env: { FRED_API_KEY: sampleKey, FRED_BASE_URL: fred.url } });
});
afterAll(async () => {
  await started[Symbol.asyncDispose]();
  await fred[Symbol.asyncDispose]();
});

const newUser = (name: string): Client => clientOf(started.url, name);

async function accepted(user: Client, path: string, body: object = {}): Promise<InventoryJob> {
  const answer = await user.call<InventoryJob>('POST', path, body);
  if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

const ended = (user: Client, path: string, timeoutMs?: number) =>
  eventually(
    `the end of ${path}`,
    async () => {
      const { body } = await user.call<InventoryJob>('GET', path);
      return !['queued', 'waiting', 'running'].includes(body.status) && body;
    },
    timeoutMs,
  );

const rowsOf = async (user: Client, id: string | undefined) =>
  (await user.call<{ rows: Record<string, number>[] }>('GET', `/v1/datasets/${id}/rows?limit=1000`)).body.rows;

test('the story: series are joined, the test set is predicted as a job, and /results has its mean squared error', async () => {
  const user = newUser('u1');
  const dataset = await user.upload('sales', sales);

  const preprocess = await accepted(user, `/preprocess/${dataset.id}`, { series_ids: ['UNRATE'] });
  const parts = await ended(user, `/jobs/${preprocess.job_id}`);
  const training = await accepted(user, '/training/train', { dataset_id: dataset.id, algorithm: 'linear' });
  const trained = await ended(user, `/training/${training.job_id}`);
  const inference = await accepted(user, `/inference/${training.job_id}`);
  const predicted = await ended(user, `/inference/${inference.job_id}`);
  const { actual_dataset_id: actual, prediction_dataset_id: prediction } = predicted;
  const results = await user.call<{ mean_squared_error: number; job_id: string }>(
    'GET',
    `/results?actual=${actual}&prediction=${prediction}`,
  );

  expect(parts).toMatchObject({
    status: 'succeeded',
    train_dataset_id: preprocess.train_dataset_id,
    test_dataset_id: preprocess.test_dataset_id,
    actual_dataset_id: preprocess.actual_dataset_id,
  });
  expect(trained).toMatchObject({ status: 'succeeded', model: 'sales', dataset_id: parts.train_dataset_id });
  expect(predicted).toMatchObject({
    status: 'succeeded',
    training_job_id: training.job_id,
    test_dataset_id: parts.test_dataset_id,
    actual_dataset_id: parts.actual_dataset_id,
  });
  expect((await user.call<InventoryJob>('GET', `/inference/${training.job_id}`)).body.job_id).toBe(inference.job_id);
  const real = new Map((await rowsOf(user, actual)).map((row) => [row.row_id, row.Quantity ?? Number.NaN]));
  const errors = (await rowsOf(user, prediction)).map(
    (row) => (row.prediction ?? Number.NaN) - (real.get(row.row_id) ?? Number.NaN),
  );
  const mse = errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length;
  expect(results).toMatchObject({ status: 200, body: { status: 'succeeded', rows: errors.length } });
  expect(results.body.mean_squared_error).toBeCloseTo(mse, 9);
  const again = await user.call<{ job_id: string }>('GET', `/results?actual=${actual}&prediction=${prediction}`);
  expect(again.body).toEqual(results.body);
});

test('/search has FRED’s fields and goes through its pages', async () => {
  const search = async (query: string) =>
    (await newUser('u1').call<{ count: number; offset: number; seriess: { id: string }[] }>('GET', `/search?${query}`))
      .body;

  const all = await search('search_text=a&limit=1000');
  const pages = [await search('search_text=a&limit=5'), await search('search_text=a&limit=5&page=2')];

  expect(all.seriess).toHaveLength(all.count);
  expect(pages.flatMap(({ seriess }) => seriess)).toEqual(all.seriess.slice(0, 10));
  expect(pages[1]?.offset).toBe(5);
  expect(all.seriess[0]).toMatchObject({
    id: 'UNRATE',
    observation_start: '1959-01-01',
    observation_end: '2009-07-01',
    seasonal_adjustment_short: 'SA',
    frequency: 'Quarterly',
  });
  expect(await newUser('u1').refusal('GET', '/search')).toMatchObject({ status: 422, body: { field: 'search_text' } });
});

test('/search and /v1/series narrow a search by units, frequency and seasonal adjustment, all of which must hold', async () => {
  const user = newUser('u1');
  const ids = async (query: string) => {
    const { body } = await user.call<{ seriess: { id: string }[] }>('GET', `/search?search_text=rate&${query}`);
    return body.seriess.map(({ id }) => id);
  };
  const v1 = async (query: string) => {
    const { body } = await user.call<{ series: { id: string }[] }>('GET', `/v1/series?search=rate&${query}`);
    return body.series.map(({ id }) => id);
  };
  const refusal = async (query: string) => said(await user.refusal('GET', `/search?search_text=rate&${query}`));

  for (const search of [ids, v1]) {
    expect(await search('units=Percent')).toEqual(['UNRATE', 'PSAVERT', 'TB3MS']);
    expect(await search('frequency=Quarterly&units=Percent')).toEqual(['UNRATE', 'TB3MS']);
  }
  expect(await ids('frequency=Quarterly&units=Percent&seasonal_adjustment=NSA')).toEqual(['TB3MS']);
  expect(await v1('frequency=Quarterly&units=Percent&seasonalAdjustment=NSA')).toEqual(['TB3MS']);
  expect(await ids('filter_variable=seasonal_adjustment&filter_value=Seasonally+Adjusted+Annual+Rate')).toEqual([
    'PSAVERT',
  ]);
  expect(await ids('filter_variable=frequency&filter_value=Quarterly&tag_names=nsa')).toEqual(['TB3MS']);
  expect(await refusal('filter_variable=frequency')).toEqual([422, 'filter-refused', 'filter_value']);
  expect(await refusal('filter_value=Monthly')).toEqual([422, 'filter-refused', 'filter_variable']);
  expect(await refusal('filter_variable=frequency&filter_value=Monthly&units=Percent')).toEqual([
    422,
    'filter-refused',
    'units',
  ]);
  expect(await refusal('filter_variable=colour&filter_value=x')).toContain('filter_variable');
});

/** What a refusal says, without where. */
const said = ({ status, body }: { status: number; body: ProblemDocument }) => [status, body.code, body.field];

test('a date is found by its role or as the only one, and the refusal names what may be one otherwise', async () => {
  const user = newUser('u2');
  const rows = Array.from({ length: 20 }, (_, day) => {
    const date = new Date(Date.UTC(2005, 0, 1 + day)).toISOString().slice(0, 10);
    return { date, mixed: day % 2 === 0 ? date : `${day + 1}-Feb-05` };
  });
  const upload = (name: string, header: string, line: (row: (typeof rows)[number], at: number) => string, roles = {}) =>
    user.upload(name, [header, ...rows.map(line), ''].join('\n'), { roles });
  const two = await upload('two', 'ordered,shipped,n', ({ date }, at) => `${date},${date},${at}`);
  const named = await upload('named', 'ordered,shipped,n', ({ date }, at) => `${date},${date},${at}`, {
    timestamp: 'shipped',
  });
  const none = await upload('none', 'a,n', (_, at) => `${at * 2},${at}`);
  const mixed = await upload('mixed', 'when,n', ({ mixed: when }, at) => `${when},${at}`);
  const ask = async ({ id }: { id: string }, body = {}) =>
    await user.refusal('POST', `/preprocess/${id}`, { series_ids: ['UNRATE'], ...body });

  const several = await ask(two);
  expect(said(several)).toEqual([422, 'timestamp-ambiguous', 'date']);
  expect(several.body.detail).toContain('ordered, shipped');
  expect((await ask(two, { date: 'shipped' })).status).toBe(202);
  expect((await ask(named)).status).toBe(202);
  expect(said(await ask(none))).toEqual([422, 'timestamp-missing', 'date']);
  const spelled = await ask(mixed);
  expect(said(spelled)).toEqual([422, 'timestamp-missing', 'date']);
  expect(spelled.body.detail).toContain('2 ways, first "2005-01-01" in row 2, "2-Feb-05" in row 3');
  expect(said(await ask(mixed, { date: 'when' }))).toEqual([422, 'not-a-time', 'date']);
  const enrichment = { steps: [{ kind: 'calendar', date: 'when' }] };
  const step = await user.refusal('POST', `/v1/datasets/${mixed.id}/enrichments`, enrichment);
  expect([step.body.code, step.body.detail]).toEqual(['not-a-time', spelled.body.detail]);
  expect(said(await ask(two, { date: 'wen' }))).toEqual([422, 'column-missing', 'date']);
});

test('a split by group leaves no group on both sides', async () => {
  const user = newUser('u7');
  const rows = Array.from({ length: 60 }, (_, at) => `c${at % 12},${at},${at % 7}`);
  const { id } = await user.upload('customers', ['customer,a,n', ...rows, ''].join('\n'));
  const asked = { split_by: 'group', group_column: 'customer', test_fraction: 0.3 };

  const made = await accepted(user, `/preprocess/${id}`, asked);
  await ended(user, `/jobs/${made.job_id}`);
  const customersOf = async (dataset: string | undefined) =>
    new Set((await rowsOf(user, dataset)).map(({ customer }) => customer));
  const learned = await customersOf(made.train_dataset_id);
  const held = await customersOf(made.test_dataset_id);

  expect([...learned].filter((customer) => held.has(customer))).toEqual([]);
  expect([learned.size + held.size, held.size > 0]).toEqual([12, true]);
  expect(said(await user.refusal('POST', `/preprocess/${id}`, { ...asked, group_column: 'client' }))).toEqual([
    422,
    'column-missing',
    'group_column',
  ]);
});

test('what is not there, not ready or not of one’s own is refused in the fields of these routes', async () => {
  const user = newUser('u3');
  const dataset = await user.upload('sales', sales);
  const whole = await accepted(user, '/training/train', { dataset_id: dataset.id, model: 'linear' });
  await ended(user, `/training/${whole.job_id}`);
  const other = newUser('u4');

  expect(said(await user.refusal('POST', '/preprocess/ds_none', {}))).toEqual([404, 'dataset-not-found', 'datasetId']);
  expect(said(await user.refusal('POST', `/preprocess/${dataset.id}`, { series_ids: ['NOSUCH'] }))).toEqual([
    422,
    'series-not-found',
    'series_ids',
  ]);
  expect(said(await user.refusal('POST', `/preprocess/${dataset.id}`, { target: 'price' }))).toEqual([
    422,
    'column-missing',
    'target',
  ]);
  expect(said(await user.refusal('POST', '/training/train', { dataset_id: 'ds_none' }))).toEqual([
    404,
    'dataset-not-found',
    'dataset_id',
  ]);
  expect(said(await user.refusal('POST', `/inference/${whole.job_id}`, {}))).toEqual([
    409,
    'test-set-missing',
    'job_id',
  ]);
  expect(said(await user.refusal('GET', `/inference/${whole.job_id}`))).toEqual([404, 'job-not-found', 'job_id']);
  expect(said(await user.refusal('GET', `/results?actual=${dataset.id}&prediction=ds_none`))).toEqual([
    404,
    'dataset-not-found',
    'prediction',
  ]);
  for (const path of [`/training/${whole.job_id}`, `/jobs/${whole.job_id}`, `/inference/${whole.job_id}`]) {
    expect((await other.refusal('GET', path)).status).toBe(404);
  }
  expect((await other.refusal('POST', '/training/train', { dataset_id: dataset.id })).status).toBe(404);
  for (const list of ['dataset', 'models', 'jobs']) {
    const { body } = await other.call<Record<string, unknown[]>>('GET', `/${list}`);
    expect(Object.values(body)).toEqual([[]]);
  }
});

test('`model` with the name of an algorithm means the algorithm; lists go on by their cursor', async () => {
  const user = newUser('u5');
  const dataset = await user.upload('sales', sales);
  const jobs = [];
  for (const names of [{ model: 'linear' }, { model: 'mine', algorithm: 'linear' }]) {
    const job = await accepted(user, '/training/train', { dataset_id: dataset.id, ...names });
    jobs.push(await ended(user, `/training/${job.job_id}`));
  }
  const first = await user.call<{ jobs: InventoryJob[]; next_cursor: string }>('GET', '/jobs?limit=1');
  const second = await user.call<{ jobs: InventoryJob[] }>('GET', `/jobs?limit=1&cursor=${first.body.next_cursor}`);
  const { models } = (await user.call<{ models: { name: string }[] }>('GET', '/models')).body;

  expect([...first.body.jobs, ...second.body.jobs].map(({ job_id }) => job_id)).toEqual(
    jobs.map(({ job_id }) => job_id).toReversed(),
  );
  expect(jobs.map(({ model }) => model)).toEqual(['sales', 'mine']);
  expect(models.map(({ name }) => name)).toEqual(['mine', 'sales']);
});

interface Noted {
  readonly result: { readonly notes: readonly { readonly code: string; readonly rows: number }[] };
}

test('rows before a series begins, and long after it was discontinued, are kept, counted and said', async () => {
  const user = newUser('u6');
  const years = Array.from({ length: 40 }, (_, year) => `${1950 + 2 * year}-07-01,${year}`);
  const dataset = await user.upload('years', ['day,n', ...years, ''].join('\n'));

  const preprocess = await accepted(user, `/preprocess/${dataset.id}`, { series_ids: ['GDPC1'] });
  const parts = await ended(user, `/jobs/${preprocess.job_id}`);
  const { body } = await user.call<Noted>('GET', `/v1/jobs/${preprocess.job_id}`);
  const rows = [...(await rowsOf(user, parts.train_dataset_id)), ...(await rowsOf(user, parts.test_dataset_id))];

  expect(rows.map(({ GDPC1 }) => GDPC1 === null).filter(Boolean)).toHaveLength(5);
  expect(rows).toHaveLength(40);
  expect(body.result.notes.map(({ code, rows: counted }) => [code, counted])).toEqual(
    expect.arrayContaining([
      ['series-starts-later', 5],
      ['series-ends-earlier', 10],
    ]),
  );
});

test('while FRED answers HTML a search says so, and a preprocessing waits for it', async () => {
  const user = newUser('u7');
  const dataset = await user.upload('sales', sales);
  fred.misbehave({ kind: 'html' });
  const search = await user.refusal('GET', '/search?search_text=money');
  const preprocess = await accepted(user, `/preprocess/${dataset.id}`, { series_ids: ['M1SL'] });
  fred.misbehave(undefined);

  expect(said(search)).toEqual([503, 'fred-unavailable', undefined]);
  expect(search.body.cure).toBe('Try again later.');
  // A lost attempt comes again when its lease has ended.
  expect((await ended(user, `/jobs/${preprocess.job_id}`, 90_000)).status).toBe('succeeded');
}, 150_000);
