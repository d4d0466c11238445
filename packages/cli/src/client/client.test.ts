import { expect, test } from '@jest/globals';
import { fakeServer } from '../testing/fake-server.ts';
import { createClient } from './client.ts';

const job = { id: 'job_1', status: 'running' };
const json = { 'content-type': 'application/json' };

test('a call carries path, query, key and user', async () => {
  await using server = await fakeServer((_request, response) => response.writeHead(200, json).end('{"jobs":[]}'));
  const client = createClient({ url: `${server.url}/restapis/x/`, apiKey: 'bw_1', user: 'u1' });
  await client.call('listJobs', { query: { limit: 5, status: undefined, model: 'a b' } });
  expect(server.requests[0]).toMatchObject({
    url: '/restapis/x/v1/jobs?limit=5&model=a+b',
    headers: { authorization: 'Bearer bw_1', 'x-user-id': 'u1' },
  });
});

test('a name that looks like a path stays one segment', async () => {
  await using server = await fakeServer((_request, response) => response.writeHead(200, json).end('{}'));
  await createClient({ url: server.url }).call('getModel', { params: { name: '../x/y' } });
  expect(server.requests[0]?.url).toBe('/v1/models/..%2Fx%2Fy');
});

test('a request whose connection breaks is sent again, a POST under one Idempotency-Key', async () => {
  await using server = await fakeServer((request, response, number) => {
    if (number < 3) request.socket.destroy();
    else response.writeHead(202, json).end(JSON.stringify({ job }));
  });
  const answer = await createClient({ url: server.url }).call('cancelJob', { params: { id: 'job_1' } });
  expect(answer.job.id).toBe('job_1');
  const keys = server.requests.map(({ headers }) => headers['idempotency-key']);
  expect(keys.length).toBe(3);
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
});

test('when the server is gone for good, the call goes on at the one that took its place', async () => {
  await using other = await fakeServer((_request, response) => response.writeHead(200, json).end(JSON.stringify(job)));
  const gone = await fakeServer(() => undefined);
  await gone[Symbol.asyncDispose]();
  const client = createClient({ url: gone.url, recover: async () => other.url });
  expect(await client.call('getJob', { params: { id: 'job_1' } })).toEqual(job);
  expect(client.url).toBe(other.url);
});

test('nobody at the address is said with the address and the reason', async () => {
  const gone = await fakeServer(() => undefined);
  await gone[Symbol.asyncDispose]();
  await expect(createClient({ url: gone.url }).call('listModels', {})).rejects.toMatchObject({
    code: 'server-unreachable',
    message: `No server answers at ${gone.url} (ECONNREFUSED).`,
  });
});

test('a problem document is thrown as what it says', async () => {
  const problem = { status: 404, code: 'job-not-found', detail: 'There is no job x.', cure: 'List them.' };
  await using server = await fakeServer((_request, response) =>
    response.writeHead(404, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem)),
  );
  await expect(createClient({ url: server.url }).call('getJob', { params: { id: 'x' } })).rejects.toMatchObject({
    code: 'job-not-found',
    message: 'There is no job x.',
    problem,
  });
});

test.each([
  ['a page of another program', 404, 'text/html', '<h1>not found</h1>'],
  ['a page with a good status', 200, 'text/html', '<h1>hello</h1>'],
  ['half a problem document', 502, 'application/problem+json', '{"code":'],
])('%s is not taken for an answer of ours', async (_what, status, type, body) => {
  await using server = await fakeServer((_request, response) =>
    response.writeHead(status, { 'content-type': type }).end(body),
  );
  await expect(createClient({ url: server.url }).call('listModels', {})).rejects.toMatchObject({
    code: 'unknown-answer',
    status,
  });
});

test('a call that is aborted is not tried again', async () => {
  const controller = new AbortController();
  await using server = await fakeServer(() => controller.abort(new Error('stopped')));
  const call = createClient({ url: server.url }).call('listModels', {}, controller.signal);
  await expect(call).rejects.toThrow('stopped');
  expect(server.requests.length).toBe(1);
});
