import { Problem } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { fakeEdge } from '../testing/fake-edge.ts';

test('a reply without a body has the status of its contract', async () => {
  await using edge = await fakeEdge({ deleteDataset: () => ({}) });
  const { status, text, headers } = await edge.ask('/v1/datasets/d1', { method: 'DELETE' });
  expect({ status, text }).toEqual({ status: 204, text: '' });
  expect(headers).not.toHaveProperty('content-type');
});

test('a reply may say its status, headers and location', async () => {
  await using edge = await fakeEdge({
    getArtifact: () => ({ location: 'http://s3/model.tar.gz', headers: { 'X-Checksum': 'abc' } }),
  });
  const { status, headers } = await edge.ask('/v1/models/m/versions/3/artifact');
  expect(status).toBe(302);
  expect(headers).toMatchObject({ location: 'http://s3/model.tar.gz', 'x-checksum': 'abc', 'content-length': '0' });
});

test('HEAD is answered like GET, without the body', async () => {
  await using edge = await fakeEdge({ listDatasets: () => ({ body: { datasets: [] } }) });
  const { status, headers, text } = await edge.ask('/v1/datasets', { method: 'HEAD' });
  expect({ status, text, length: headers['content-length'] }).toEqual({ status: 200, text: '', length: '15' });
});

test('a problem of a route is answered as problem document', async () => {
  const problems = [
    { code: 'ragged-row', severity: 'error', message: 'Row 3 is short', cure: 'Add a value', row: 3 },
  ] as const;
  await using edge = await fakeEdge({
    getDataset: ({ params }) => {
      throw new Problem(404, 'dataset-not-found', `There is no dataset ${params.id}`, { cure: 'List them', problems });
    },
  });
  const { status, headers, json } = await edge.ask('/v1/datasets/d1');
  expect(status).toBe(404);
  expect(headers['content-type']).toBe('application/problem+json');
  expect(json).toEqual({
    type: 'urn:bellwether:problem:dataset-not-found',
    title: 'Dataset not found',
    status: 404,
    code: 'dataset-not-found',
    detail: 'There is no dataset d1',
    cure: 'List them',
    problems,
    instance: headers['x-request-id'],
  });
});

test('an unexpected error shows its id and nothing of the inside', async () => {
  await using edge = await fakeEdge({
    getDataset: () => {
      throw new Error('connect ECONNREFUSED mysql://root:hunter2@db');
    },
  });
  const { status, text, json } = await edge.ask('/v1/datasets/d1');
  expect(status).toBe(500);
  expect(json).toMatchObject({ code: 'internal-error', cure: expect.stringContaining(String(json.instance)) });
  expect(text).not.toMatch(/hunter2|ECONN|mysql|at /);
  expect(edge.complaints[0]?.fields).toMatchObject({
    requestId: json.instance,
    err: expect.objectContaining({ message: expect.stringContaining('hunter2') }),
  });
});

test('a body that is no JSON is an unexpected error, not a hanging request', async () => {
  await using edge = await fakeEdge({ listDatasets: () => ({ body: { datasets: [1n] } }) as never });
  expect((await edge.ask('/v1/datasets')).status).toBe(500);
});

test('a route sees the caller’s headers, trace and the URL under which it was reached', async () => {
  const seen: unknown[] = [];
  await using edge = await fakeEdge({
    listDatasets: ({ header, traceparent, publicUrl, tenantId, requestId }) => {
      seen.push({ agent: header('User-Agent'), traceparent, publicUrl, tenantId, requestId });
      return { body: { datasets: [] } };
    },
  });
  const headers = {
    'user-agent': 'cli/1',
    'x-user-id': 'ana',
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  };
  const answered = await edge.ask('/v1/datasets', { headers });
  expect(seen).toEqual([
    {
      agent: 'cli/1',
      traceparent: expect.stringContaining('4bf92f3577b34da6a3ce929d0e0e4736'),
      publicUrl: edge.server.url,
      tenantId: 'ana',
      requestId: answered.headers['x-request-id'],
    },
  ]);
});

test('the public URL is the configured one, if there is one', async () => {
  let seen = '';
  const options = { publicUrl: 'https://api.example' };
  await using edge = await fakeEdge(
    {
      listDatasets: ({ publicUrl }) => {
        seen = publicUrl;
        return { body: { datasets: [] } };
      },
    },
    options,
  );
  await edge.ask('/v1/datasets');
  expect(seen).toBe('https://api.example');
});

test('a reply that breaks its contract is found where replies are checked', async () => {
  const wrong = { listDatasets: () => ({ body: { datasets: [{ id: 'd1' }] } }) as never };
  await using edge = await fakeEdge(wrong, { checkReplies: true });
  expect((await edge.ask('/v1/datasets')).status).toBe(500);
  expect(String(edge.complaints[0]?.fields.err)).toMatch(/listDatasets breaks its contract[\s\S]*datasets\[0\]\.name/);
  await using unchecked = await fakeEdge(wrong);
  expect((await unchecked.ask('/v1/datasets')).status).toBe(200);
});

test('every kind of answer carries a request id', async () => {
  const handle = async () => Promise.reject(new Error('no'));
  await using edge = await fakeEdge({}, { mounts: [{ prefix: '/objects/', handle }] });
  for (const path of ['/v1/datasets', '/v1/x', '/x', '/healthz', '/readyz', '/openapi.json', '/docs', '/objects/x']) {
    expect([path, (await edge.ask(path)).headers['x-request-id']]).toEqual([path, expect.stringMatching(/^r_/)]);
  }
});
