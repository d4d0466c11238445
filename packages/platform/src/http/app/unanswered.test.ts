import { expect, test } from '@jest/globals';
import { fakeEdge } from '../testing/fake-edge.ts';
import { predictionPath } from '../testing/prediction.ts';

test('an unknown path is refused by its name', async () => {
  await using edge = await fakeEdge();
  const { status, json } = await edge.ask('/v1/dataset');
  expect(status).toBe(404);
  expect(json).toMatchObject({ code: 'route-not-found', detail: 'There is no route /v1/dataset' });
});

test('paths are case-sensitive', async () => {
  await using edge = await fakeEdge({ listDatasets: () => ({ body: { datasets: [] } }) });
  expect((await edge.ask('/V1/datasets')).status).toBe(404);
  expect((await edge.ask('/v1/datasets')).status).toBe(200);
});

test('another method is refused with those that there are', async () => {
  await using edge = await fakeEdge();
  const { status, headers, json } = await edge.ask(predictionPath);
  expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'POST, OPTIONS' });
  expect(json).toMatchObject({ code: 'method-not-allowed', detail: `${predictionPath} has no GET`, cure: 'Use POST' });
});

test('operations that share a path share their methods', async () => {
  await using edge = await fakeEdge();
  const { headers } = await edge.ask('/v1/datasets/d1', { method: 'PATCH' });
  expect(headers.allow).toBe('GET, HEAD, DELETE, OPTIONS');
});

test('OPTIONS names the methods, and allows no other origin', async () => {
  await using edge = await fakeEdge();
  const { status, headers } = await edge.ask('/v1/datasets', { method: 'OPTIONS' });
  expect({ status, allow: headers.allow }).toEqual({ status: 204, allow: 'POST, GET, HEAD, OPTIONS' });
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test('a path that is no valid URL path is refused', async () => {
  await using edge = await fakeEdge();
  const { status, json } = await edge.ask('/v1/datasets/%E0%A4%A');
  expect({ status, code: json.code }).toEqual({ status: 400, code: 'malformed-path' });
});

test('a mounted handler answers its paths, or leaves them', async () => {
  await using edge = await fakeEdge(
    {},
    {
      mounts: [
        {
          prefix: '/objects/',
          async handle(request, response) {
            if (request.url !== '/objects/a') return false;
            response.end('content');
            return true;
          },
        },
      ],
    },
  );
  expect((await edge.ask('/objects/a')).text).toBe('content');
  expect((await edge.ask('/objects/b')).json.code).toBe('route-not-found');
});

test('a mounted handler that fails shows nothing of the inside', async () => {
  const handle = async () => {
    throw new Error('hunter2');
  };
  await using edge = await fakeEdge({}, { mounts: [{ prefix: '/objects/', handle }] });
  const { status, text } = await edge.ask('/objects/a');
  expect(status).toBe(500);
  expect(text).not.toContain('hunter2');
});
