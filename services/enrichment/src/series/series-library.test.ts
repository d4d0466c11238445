import { openFileStore } from '@bellwether/platform';
import { temporaryFolder } from '@bellwether/testkit';
import { sampleKey, startFred } from '@bellwether/testkit/fred';
import { expect, test } from '@jest/globals';
import { createFredClient } from './fred-client.ts';
import { createSeriesLibrary } from './series-library.ts';

async function libraryCase() {
  const fred = await startFred();
  const folder = temporaryFolder();
  const store = await openFileStore({
    folder: folder.path,
    publicUrl: () => 'http://127.0.0.1',
    onUploaded: async () => undefined,
  });
  let time = 0;
  const client = createFredClient({
    baseUrl: fred.url,
    apiKey: sampleKey,
    takeTurn: async () => undefined,
    firstPause: 1,
    retries: 1,
  });
  const options = { store, now: () => time, maxAgeMilliseconds: 1000 };
  return {
    fred,
    library: createSeriesLibrary({ ...options, client }),
    withoutKey: createSeriesLibrary({ ...options, client: undefined }),
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    async [Symbol.asyncDispose]() {
      await fred[Symbol.asyncDispose]();
      await store.close();
      folder[Symbol.dispose]();
    },
  };
}

test('a series is fetched once while what is stored is young enough, and once more afterwards', async () => {
  await using opened = await libraryCase();
  const { library, fred, pass } = opened;

  const first = await library.series('UNRATE', false);
  pass(999);
  const second = await library.series('UNRATE', false);
  const asked = fred.requests.length;
  pass(1);
  const third = await library.series('UNRATE', false);

  expect(second).toEqual(first);
  expect([first.fetchedAt, third.fetchedAt]).toEqual([0, 1000]);
  expect([asked, fred.requests.length]).toEqual([2, 4]);
});

test('while FRED is down an older copy will do, and its age can be told', async () => {
  await using opened = await libraryCase();
  const { library, fred, pass } = opened;
  await library.series('UNRATE', false);
  pass(5000);
  fred.misbehave({ kind: 'html' });

  expect((await library.series('UNRATE', false)).fetchedAt).toBe(0);
  await expect(library.series('PCE', false)).rejects.toMatchObject({ code: 'fred-unavailable' });
});

test('without a key what is stored can be used, and anything else is a conflict', async () => {
  await using opened = await libraryCase();
  const { library, withoutKey } = opened;
  await library.series('UNRATE', false);

  expect((await withoutKey.series('UNRATE', false)).title).toBe('Unemployment Rate');
  await expect(withoutKey.series('PCE', false)).rejects.toMatchObject({ code: 'fred-key-missing', status: 409 });
  expect(() => withoutKey.client()).toThrow(expect.objectContaining({ code: 'fred-key-missing' }));
});

test('a series is known when it is stored, else when FRED knows it', async () => {
  await using opened = await libraryCase();
  const { library, fred } = opened;
  await library.series('UNRATE', true);
  const asked = fred.requests.length;

  await library.require('UNRATE');

  expect(fred.requests).toHaveLength(asked);
  await expect(library.require('NOSUCH')).rejects.toMatchObject({ code: 'series-not-found' });
});
