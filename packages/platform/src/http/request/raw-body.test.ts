import { expect, test } from '@jest/globals';
import { fakeEdge } from '../testing/fake-edge.ts';

const path = '/v2/models/m/infer';

test('a route that reads its body itself gets its bytes, which the log does not hold', async () => {
  const got: (Buffer | undefined)[] = [];
  await using edge = await fakeEdge({
    openInfer: ({ bytes }) => {
      got.push(bytes);
      return { body: { model_name: 'm', model_version: '1', outputs: [] } };
    },
  });
  const body = Uint8Array.of(0x7b, 0x7d, 0xff, 0x00);

  const { status } = await edge.ask(path, { body, headers: { 'content-type': 'application/octet-stream' } });

  expect(status).toBe(200);
  expect(got.map((bytes) => [...(bytes ?? [])])).toEqual([[...body]]);
  expect(edge.log.entries[0]?.request).toBe('[4 bytes]');
});

test('text that a route reads itself is logged as others are', async () => {
  await using edge = await fakeEdge({
    openInfer: () => ({ body: { model_name: 'm', model_version: '1', outputs: [] } }),
  });
  await edge.ask(path, { body: '{"inputs":[]}' });
  expect(edge.log.entries[0]?.request).toBe('{"inputs":[]}');
});

test('a body that is too large is refused as the protocol refuses', async () => {
  await using edge = await fakeEdge({}, { limits: { bodyBytes: 10 } });

  const { status, headers, json } = await edge.ask(path, { body: new Uint8Array(11) });

  expect(status).toBe(413);
  expect(headers['content-type']).toBe('application/json');
  expect(json).toEqual({ error: expect.stringContaining('larger than 10 bytes'), code: 'body-too-large' });
});

test.each(['/v2/health/ready', '/ping'])('%s says whether the server is ready, as /readyz does', async (url) => {
  const database = async () => {
    throw new Error('no database');
  };
  await using ready = await fakeEdge();
  await using broken = await fakeEdge({}, { readiness: { database } });

  expect(await ready.ask(url)).toMatchObject({ status: 200, json: { ready: true } });
  expect(await broken.ask(url)).toMatchObject({ status: 503, json: { ready: false } });
  expect(await broken.ask('/v2/health/live')).toMatchObject({ status: 200, json: { live: true } });
});
