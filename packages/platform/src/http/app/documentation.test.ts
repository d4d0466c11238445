import { api } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { fakeEdge } from '../testing/fake-edge.ts';

test('/openapi.json describes the operations of this server', async () => {
  await using edge = await fakeEdge();
  const { status, json, headers } = await edge.ask('/openapi.json');
  expect(status).toBe(200);
  expect(headers['content-type']).toMatch(/^application\/json/);
  const paths = Object.values(api).map(({ path }) => path);
  expect(Object.keys(json.paths as object).sort()).toEqual([...new Set(paths)].sort());
});

test('/docs and all that it loads come from this port, and its policy allows nothing else', async () => {
  await using edge = await fakeEdge();
  const page = await edge.ask('/docs');
  expect(page.status).toBe(200);
  const policy = String(page.headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/https?:|unsafe|\*/);
  expect(page.text).not.toMatch(/<script>|\son\w+=|style=|https?:/);
  const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => String(path));
  expect(assets).toHaveLength(4);
  for (const asset of assets) {
    const loaded = await edge.ask(new URL(asset, `${edge.server.url}/docs`).pathname);
    expect([asset, loaded.status]).toEqual([asset, 200]);
    expect(loaded.headers['content-type']).toMatch(/javascript|css|png/);
  }
});

test('/docs/ leads to /docs, where its relative links hold', async () => {
  await using edge = await fakeEdge();
  const { status, headers } = await edge.ask('/docs/');
  expect({ status, location: headers.location }).toEqual({ status: 302, location: '../docs' });
});

test.each(['/docs/package.json', '/docs/..%2fpackage.json', '/docs/index.html'])('%s is not served', async (path) => {
  await using edge = await fakeEdge();
  expect((await edge.ask(path)).status).toBe(404);
});
