import { once } from 'node:events';
import { connect } from 'node:net';
import { ProblemDocument } from '@bellwether/contracts';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { rawRequest, type ServedFileStore, serveFileStore } from './served-file-store.fixture.ts';

const hour = { expiresInSeconds: 3_600 };
const small = { ...hour, maxBytes: 1_000 };

let served: ServedFileStore;
let clock: number;

beforeEach(async () => {
  clock = Date.now();
  served = await serveFileStore({ now: () => clock });
});

afterEach(() => served[Symbol.asyncDispose]());

const put = (url: string, body: RequestInit['body'], headers: Record<string, string> = {}) =>
  fetch(url, { method: 'PUT', body: body ?? null, headers, duplex: 'half' } as RequestInit);

async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = ProblemDocument.parse(await response.json());
  expect(problem.status).toBe(response.status);
  return problem;
}

function streamOf(...chunks: string[]): ReadableStream {
  return ReadableStream.from(chunks.map((chunk) => Buffer.from(chunk)));
}

async function nothingIsLeft(): Promise<void> {
  expect(await served.names('tmp')).toEqual([]);
  expect(await served.names('uploaded')).toEqual([]);
  expect(await served.names('objects')).toEqual([]);
  expect(served.uploads).toEqual([]);
}

test.each([
  ['/objects/../x'],
  ['/objects/..'],
  ['/objects/%2e%2e/x'],
  ['/objects/a/%2E%2E%2Fx'],
  ['/objects//etc/passwd'],
  ['/objects/%2fetc%2fpasswd'],
  ['/objects/a%00b'],
  ['/objects/a%5c..%5cx'],
  ['/objects/a\\..\\x'],
  ['/objects/'],
  ['/objects/%'],
  ['/objects/%ff'],
])('refuses %s before it looks at anything', async (path) => {
  const { url } = await served.store.signUpload('k', small);
  for (const [method, body] of [['PUT', 'x'], ['GET']] as const) {
    const { status, text } = await rawRequest(served.base, method, `${path}?${url.split('?')[1]}`, body);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ code: 'invalid-key' });
  }
  await nothingIsLeft();
});

test('leaves other paths to others', async () => {
  for (const path of ['/objectsx', '/objects', '/v1/datasets']) {
    expect((await rawRequest(served.base, 'GET', path)).text).toBe('elsewhere');
  }
});

test('refuses a URL once it has expired', async () => {
  const { url, expiresAt } = await served.store.signUpload('k', small);
  clock = expiresAt;
  expect(await problemOf(await put(url, 'x'))).toMatchObject({ status: 403, code: 'signature-expired' });
  clock = expiresAt - 1;
  expect((await put(url, 'x')).status).toBe(200);
});

test('refuses a URL of which any signed part was changed, added or taken away', async () => {
  const { url } = await served.store.signUpload('k', { ...small, contentLength: 1 });
  const changes: ((query: URLSearchParams) => void)[] = [
    (query) => query.set('expires', String(clock * 2)),
    (query) => query.set('max', '1000000'),
    (query) => query.set('length', '2'),
    (query) => query.delete('length'),
    (query) => query.set('name', 'x'),
    (query) => query.delete('signature'),
    (query) => query.set('signature', ''),
    (query) => query.set('signature', 'A'.repeat(43)),
  ];
  for (const change of changes) {
    const changed = new URL(url);
    change(changed.searchParams);
    expect(await problemOf(await put(changed.href, 'x'))).toMatchObject({ status: 403, code: 'signature-invalid' });
  }
  await nothingIsLeft();
});

test('refuses a body that its header announces as too large, without reading it', async () => {
  const { url } = await served.store.signUpload('k', { ...hour, maxBytes: 3 });
  const response = await put(url, 'four');
  expect(await problemOf(response)).toMatchObject({ status: 413, code: 'too-large' });
  await nothingIsLeft();
});

test('refuses a body of unknown length when it passes the limit, and leaves nothing', async () => {
  const { url } = await served.store.signUpload('k', { ...hour, maxBytes: 5 });
  expect(await problemOf(await put(url, streamOf('abc', 'def')))).toMatchObject({ status: 413, code: 'too-large' });
  await nothingIsLeft();
  expect((await put(url, streamOf('abc', 'de'))).status).toBe(200);
});

test('answers a refusal while the body is still coming, and cuts a client that goes on sending', async () => {
  const { url } = await served.store.signUpload('k', { ...hour, maxBytes: 3 });
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(`PUT ${url.slice(served.base.length)} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nfirst`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /);
  await once(socket, 'close');
});

test('wants the length where it was signed', async () => {
  const { url } = await served.store.signUpload('k', { ...small, contentLength: 6 });
  const problem = await problemOf(await put(url, streamOf('abc', 'def')));
  expect(problem).toMatchObject({ status: 411, code: 'length-required' });
  expect(problem.cure).toMatch(/Content-Length/);
  await nothingIsLeft();
});

test('refuses a body that is shorter than signed', async () => {
  const { url } = await served.store.signUpload('k', { ...small, contentLength: 6 });
  expect(await problemOf(await put(url, 'abc'))).toMatchObject({ status: 400, code: 'incomplete-body' });
  await nothingIsLeft();
});

test('refuses a second upload with a problem that says how to go on', async () => {
  const { url } = await served.store.signUpload('k', small);
  expect((await put(url, 'first')).headers.get('etag')).toBe(`"${(await served.store.head('k'))?.etag}"`);
  const problem = await problemOf(await put(url, 'second'));
  expect(problem).toMatchObject({ status: 409, code: 'already-uploaded' });
  expect(problem.cure).toMatch(/new URL/);
  expect(served.uploads).toHaveLength(1);
});

test('leaves nothing of an upload whose connection is cut', async () => {
  const { url } = await served.store.signUpload('k', small);
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(`PUT ${url.slice(served.base.length)} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf`);
  // The temporary file is there: the body is being written.
  while ((await served.names('tmp')).length === 0);
  socket.destroy();
  expect(await Promise.all(served.handled)).toEqual([true]);
  await nothingIsLeft();
  expect((await put(url, 'whole')).status).toBe(200);
});

test('stores one of several uploads to one key at once, and notifies that one', async () => {
  const { url } = await served.store.signUpload('k', small);
  const answers = await Promise.all(['a', 'b', 'c', 'd'].map((body) => put(url, streamOf(body, body))));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  expect(served.uploads).toHaveLength(1);
  expect(await served.names('tmp')).toEqual([]);
  expect(await served.names('uploaded')).toEqual([]);
});

test('lets pages of any origin use a URL, and read why it was refused', async () => {
  const { url } = await served.store.signUpload('k', small);
  const preflight = await fetch(url, {
    method: 'OPTIONS',
    headers: { origin: 'https://a.example', 'access-control-request-method': 'PUT' },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
  expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
  expect(preflight.headers.get('access-control-allow-headers')).toBe('*');
  const refused = await put(`${url}x`, 'x');
  expect(refused.headers.get('access-control-allow-origin')).toBe('*');
  expect(refused.status).toBe(403);
});

test('has no other methods', async () => {
  const { url } = await served.store.signUpload('k', small);
  const response = await fetch(url, { method: 'DELETE' });
  expect(response.headers.get('allow')).toBe('GET, HEAD, PUT, OPTIONS');
  expect(await problemOf(response)).toMatchObject({ status: 405, code: 'method-not-allowed' });
});

test('gives content as a file to save, which no browser runs', async () => {
  const { etag } = await served.store.put('k', Buffer.from('<script>'));
  const url = await served.store.signDownload('k', { ...hour, fileName: 'Käse "1".html' });
  const response = await fetch(url);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    etag: `"${etag}"`,
    'content-length': '8',
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="K_se _1_.html"; filename*=UTF-8''K%C3%A4se%20%221%22.html`,
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
  });
  expect(await response.text()).toBe('<script>');
});

test('answers HEAD, conditions and ranges of a download', async () => {
  const { etag } = await served.store.put('k', Buffer.from('0123456789'));
  const url = await served.store.signDownload('k', hour);
  const get = (headers: Record<string, string>, method = 'GET') => fetch(url, { method, headers });

  const head = await get({}, 'HEAD');
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', '']);
  expect((await get({ 'if-none-match': `"${etag}"` })).status).toBe(304);
  const last = await get({ range: 'bytes=-3' });
  expect([last.status, last.headers.get('content-range'), await last.text()]).toEqual([206, 'bytes 7-9/10', '789']);
  const stale = await get({ range: 'bytes=0-1', 'if-range': '"other"' });
  expect([stale.status, await stale.text()]).toEqual([200, '0123456789']);
  const beyond = await get({ range: 'bytes=10-' });
  expect(beyond.headers.get('content-range')).toBe('bytes */10');
  expect(await problemOf(beyond)).toMatchObject({ status: 416, code: 'range-not-satisfiable' });
});

test('gives an empty object', async () => {
  await served.store.put('k', new Uint8Array());
  const response = await fetch(await served.store.signDownload('k', hour));
  expect([response.status, await response.text()]).toEqual([200, '']);
});
