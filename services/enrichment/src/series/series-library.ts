import { buffer } from 'node:stream/consumers';
import { Problem } from '@bellwether/contracts';
import { type ObjectStore, seriesKey } from '@bellwether/platform';
import { z } from 'zod';
import type { FredSeries } from './fred-answers.ts';
import type { FredClient } from './fred-client.ts';
import { noKey, seriesNotFound } from './fred-failure.ts';

/** A series as it is kept in the object store. */
const StoredSeries = z.object({
  id: z.string(),
  title: z.string(),
  lastObservation: z.string(),
  /** milliseconds since the epoch */
  fetchedAt: z.number(),
  observations: z.array(z.object({ date: z.string(), value: z.number().nullable(), knownFrom: z.string().optional() })),
});
export type StoredSeries = z.infer<typeof StoredSeries>;

export interface SeriesLibrary {
  /**
   * FRED for somebody who waits.
   * @throws Problem `fred-key-missing` without a key
   */
  client(): FredClient;
  /**
   * A series with its observations, from the store when it is young enough, else from FRED. While FRED does not answer
   * an older copy will do; its age is in `fetchedAt`.
   *
   * @param vintages all that was ever published, with the day of each release
   * @throws Problem `series-not-found`, `fred-key-missing`, `fred-unavailable`
   */
  series(id: string, vintages: boolean): Promise<StoredSeries>;
  /** @throws Problem `series-not-found`, `fred-key-missing`, `fred-unavailable` */
  require(id: string): Promise<void>;
}

export interface SeriesLibraryOptions {
  readonly client: FredClient | undefined;
  /** the one that is asked while somebody waits; default: the same */
  readonly listening?: FredClient | undefined;
  readonly store: ObjectStore;
  readonly now: () => number;
  /** how old a stored series may be */
  readonly maxAgeMilliseconds: number;
}

export function createSeriesLibrary(options: SeriesLibraryOptions): SeriesLibrary {
  const { client, listening = client, store, now, maxAgeMilliseconds } = options;
  const connected = (of: FredClient | undefined): FredClient => {
    if (of === undefined) throw noKey();
    return of;
  };

  async function stored(key: string): Promise<StoredSeries | undefined> {
    if ((await store.head(key)) === undefined) return undefined;
    const text = (await buffer(await store.get(key))).toString('utf8');
    return StoredSeries.safeParse(JSON.parse(text)).data;
  }

  async function fetchSeries(id: string, vintages: boolean): Promise<StoredSeries> {
    const fred = connected(client);
    const described: FredSeries | undefined = await fred.describe(id);
    if (described === undefined) throw seriesNotFound(id);
    const observations = await fred.observations(id, vintages);
    const { title, observation_end } = described;
    return { id, title, lastObservation: observation_end, fetchedAt: now(), observations };
  }

  return {
    client: () => connected(listening),
    async series(id, vintages) {
      const key = seriesKey(id, vintages);
      const kept = await stored(key);
      if (kept !== undefined && now() - kept.fetchedAt < maxAgeMilliseconds) return kept;
      try {
        const fresh = await fetchSeries(id, vintages);
        await store.put(key, Buffer.from(JSON.stringify(fresh)), { contentType: 'application/json' });
        return fresh;
      } catch (error) {
        const passing = error instanceof Problem && error.code === 'fred-unavailable';
        if (kept === undefined || !passing) throw error;
        return kept;
      }
    },
    async require(id) {
      for (const vintages of [false, true]) if ((await store.head(seriesKey(id, vintages))) !== undefined) return;
      if ((await connected(listening).describe(id)) === undefined) throw seriesNotFound(id);
    },
  };
}
