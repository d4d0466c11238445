import { join } from 'node:path';
import { readConfig } from '@bellwether/platform';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { capturedTerminal } from '../testing/captured-terminal.ts';
import { fakeServer } from '../testing/fake-server.ts';
import { connect } from './connect.ts';
import { openEmbedded, reachable } from './embedded.ts';

test('without a URL the platform runs in this process, on the folder of the environment', async () => {
  using folder = temporaryFolder();
  const terminal = capturedTerminal({
    env: { DATA_DIR: folder.path, PUBLIC_URL: 'https://elsewhere.example', PORT: '1' },
  });
  const { client, close } = await connect(terminal, {});
  try {
    expect(await client.call('listModels', {})).toEqual({ models: [] });
    const { upload } = await client.call('createDataset', { body: { name: 'x' } });
    expect(upload.url.startsWith(client.url)).toBe(true);
  } finally {
    await close();
  }
});

test('a folder that a server has is reached through that server, and given over when it ends', async () => {
  using folder = temporaryFolder();
  const dataDir = join(folder.path, 'data');
  const terminal = capturedTerminal();
  const first = await connect(terminal, { dataDir });
  const second = await connect(terminal, { dataDir });
  try {
    expect(second.client.url).toBe(first.client.url);
    await first.client.call('createDataset', { body: { name: 'x' } });
    await first.close();
    const { datasets } = await second.client.call('listDatasets', {});
    expect(datasets).toMatchObject([{ name: 'x' }]);
    expect(second.client.url).not.toBe(first.client.url);
  } finally {
    await second.close();
  }
  const third = await connect(terminal, { dataDir });
  await third.close();
});

test('a folder that was named counts more than a URL of the environment, and a URL that was named most', async () => {
  using folder = temporaryFolder();
  await using server = await fakeServer((_request, response) => response.end());
  const terminal = capturedTerminal({ env: { BELLWETHER_URL: server.url } });
  expect((await connect(terminal, {})).client.url).toBe(server.url);
  const own = await connect(terminal, { dataDir: folder.path });
  await own.close();
  expect(own.client.url).not.toBe(server.url);
  expect((await connect(terminal, { url: 'http://127.0.0.1:1' })).client.url).toBe('http://127.0.0.1:1');
});

test('a server that listens everywhere is reached by loopback', () => {
  expect(reachable('http://0.0.0.0:8080')).toBe('http://127.0.0.1:8080');
  expect(reachable('http://[::]:8080')).toBe('http://[::1]:8080');
  expect(reachable('http://10.0.0.1:8080')).toBe('http://10.0.0.1:8080');
});

test('when no port can be had, the folder is let go of', async () => {
  using folder = temporaryFolder();
  await using server = await fakeServer(() => undefined);
  const config = (port: string) => readConfig({ DATA_DIR: folder.path, PORT: port, LOG_LEVEL: 'silent' });
  const { err } = capturedTerminal();
  await expect(openEmbedded(config(new URL(server.url).port), err)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const embedded = await openEmbedded(config('0'), err);
  await embedded.stop();
});
