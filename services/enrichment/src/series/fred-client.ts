import { setTimeout as sleep } from 'node:timers/promises';
import pRetry, { AbortError } from 'p-retry';
import type { z } from 'zod';
import {
  type FredObservation,
  type FredSeries,
  ObservationPage,
  observationOf,
  Refusal,
  SeriesList,
  VintagePage,
} from './fred-answers.ts';
import { type FredFailure, fredFailure, mostVintages } from './fred-failure.ts';
import { everPublished, joinWindows, type RealTimeWindow, realTimeWindows } from './real-time-windows.ts';

/** What FRED itself filters by, one a request: any spelling of its own, such as `Weekly, Ending Saturday`. */
export interface FredFilter {
  readonly variable: 'frequency' | 'units' | 'seasonal_adjustment';
  readonly value: string;
}

/** All that are given must hold. */
export interface SearchFilter {
  readonly filter?: FredFilter | undefined;
  /** `Monthly`, `Quarterly`, … */
  readonly frequency?: string | undefined;
  /** `SA` or `NSA` */
  readonly seasonalAdjustment?: 'SA' | 'NSA' | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** What of a list is asked for. */
export interface ListPart {
  /** from 0 */
  readonly offset: number;
  /** 1,000 at most */
  readonly limit: number;
}

export interface FredClient {
  /** Series whose text has all the words, most popular first: a part of the list, and how long it is. */
  search(text: string, filter: SearchFilter, part: ListPart): Promise<{ series: FredSeries[]; total: number }>;
  /** undefined: there is none of that id */
  describe(id: string): Promise<FredSeries | undefined>;
  /** All observations; with `vintages` all that was ever published, each with the first day on which it was known. */
  observations(id: string, vintages: boolean): Promise<FredObservation[]>;
}

export interface FredClientOptions {
  /** `https://api.stlouisfed.org/fred` */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Resolves when a request may be sent. */
  readonly takeTurn: () => Promise<void>;
  readonly timeoutMilliseconds?: number;
  readonly retries?: number;
  /** milliseconds before the first retry; doubled each time */
  readonly firstPause?: number;
  /** after which a question is given up, with all its retries and turns; default: when the retries are spent */
  readonly patienceMilliseconds?: number;
}

/** as many as FRED gives at once */
const observationsPerPage = 100_000;
const vintagesPerPage = 10_000;

/**
 * A client of FRED's API (https://fred.stlouisfed.org/docs/api/fred/). What FRED refuses is thrown as a `Problem`; what
 * may pass (429, 5xx, no answer, an answer that is not JSON) is tried again with growing pauses first.
 */
export function createFredClient(options: FredClientOptions): FredClient {
  const { baseUrl, apiKey, takeTurn, timeoutMilliseconds = 20_000, retries = 4, firstPause = 500 } = options;
  const { patienceMilliseconds } = options;

  async function request(path: string, query: Record<string, string>, patience?: AbortSignal): Promise<unknown> {
    await takeTurn();
    const search = new URLSearchParams({ ...query, api_key: apiKey, file_type: 'json' });
    const timeout = AbortSignal.timeout(timeoutMilliseconds);
    const signal = patience === undefined ? timeout : AbortSignal.any([patience, timeout]);
    const response = await fetch(`${baseUrl}${path}?${search}`, { signal });
    const text = await response.text();
    const body = parseJson(text);
    if (response.ok && body !== undefined) return body;
    const refusal = Refusal.safeParse(body).data?.error_message;
    const failure: FredFailure = { status: response.status, message: refusal ?? 'the answer is not JSON' };
    const passing = response.status === 429 || response.status >= 500 || body === undefined;
    if (!passing) throw new AbortError(Object.assign(new Error(failure.message), { failure }));
    const pause = Number(response.headers.get('retry-after'));
    if (pause > 0 && pause <= 60) await sleep(pause * 1000, undefined, { ...(patience && { signal: patience }) });
    throw Object.assign(new Error(failure.message), { failure });
  }

  async function get<S extends z.ZodType>(
    path: string,
    query: Record<string, string>,
    schema: S,
  ): Promise<z.output<S>> {
    try {
      const patience = patienceMilliseconds === undefined ? undefined : AbortSignal.timeout(patienceMilliseconds);
      const retry = {
        ...{ retries, minTimeout: firstPause, factor: 2, randomize: true, shouldRetry: () => true },
        ...(patience && { signal: patience }),
      };
      // p-retry gives up at TypeErrors it does not know as network errors; any that fetch throws is one
      const asked = pRetry(() => request(path, query, patience).catch(asRetryable), retry);
      // A turn in the budget cannot be given back: whoever has no patience for it leaves.
      const body = await (patience === undefined ? asked : Promise.race([asked, impatience(patience)]));
      return schema.parse(body);
    } catch (error) {
      throw fredFailure(error, query.series_id);
    }
  }

  /** All observations as they are now, or with a window all that were published within it. */
  async function observed(id: string, window: RealTimeWindow | undefined): Promise<FredObservation[]> {
    const realTime = window && { realtime_start: window.start, realtime_end: window.end };
    const asked = { series_id: id, ...realTime, limit: String(observationsPerPage) };
    const all: FredObservation[] = [];
    for (;;) {
      const page = await get('/series/observations', { ...asked, offset: String(all.length) }, ObservationPage);
      all.push(...page.observations.map((row) => observationOf(row, window !== undefined)));
      if (page.observations.length === 0 || all.length >= page.count) return all;
    }
  }

  async function vintageDates(id: string): Promise<string[]> {
    const asked = { series_id: id, limit: String(vintagesPerPage) };
    const all: string[] = [];
    for (;;) {
      const page = await get('/series/vintagedates', { ...asked, offset: String(all.length) }, VintagePage);
      all.push(...page.vintage_dates);
      if (page.vintage_dates.length === 0 || all.length >= page.count) return all;
    }
  }

  return {
    async search(text, filter, { offset, limit }) {
      const query = {
        search_text: text,
        limit: String(limit),
        offset: String(offset),
        order_by: 'popularity',
        sort_order: 'desc',
        ...filterQuery(filter),
      };
      const { seriess, count } = await get('/series/search', query, SeriesList);
      return { series: seriess, total: count ?? seriess.length };
    },

    async describe(id) {
      try {
        const { seriess } = await get('/series', { series_id: id }, SeriesList);
        return seriess[0];
      } catch (error) {
        if ((error as { code?: unknown }).code === 'series-not-found') return undefined;
        throw error;
      }
    },

    async observations(id, vintages) {
      if (!vintages) return await observed(id, undefined);
      const whole = await observed(id, everPublished).catch(mostVintagesOrThrow);
      if (typeof whole !== 'number') return whole;
      const windows: (RealTimeWindow & { observations: FredObservation[] })[] = [];
      for (const window of realTimeWindows(await vintageDates(id), whole)) {
        windows.push({ ...window, observations: await observed(id, window) });
      }
      return joinWindows(windows);
    },
  };
}

function mostVintagesOrThrow(error: unknown): number {
  const most = mostVintages(error);
  if (most === undefined) throw error;
  return most;
}

/** FRED filters by one variable; frequency and adjustment are tags as well, of which there may be several. */
function filterQuery({ filter, frequency, seasonalAdjustment, tags = [] }: SearchFilter): Record<string, string> {
  const names = [...tags];
  if (frequency !== undefined) names.push(frequency.toLowerCase());
  if (seasonalAdjustment !== undefined) names.push(seasonalAdjustment.toLowerCase());
  return {
    ...(filter === undefined ? {} : { filter_variable: filter.variable, filter_value: filter.value }),
    ...(names.length === 0 ? {} : { tag_names: names.join(';') }),
  };
}

/** Rejects when the signal aborts. */
function impatience(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const failure: FredFailure = { message: 'no answer in time' };
    signal.addEventListener('abort', () => reject(Object.assign(new Error(failure.message), { failure })), {
      once: true,
    });
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asRetryable(error: unknown): never {
  if (error instanceof AbortError || (error as { failure?: unknown }).failure !== undefined) throw error;
  throw Object.assign(new Error('no answer', { cause: error }), { failure: { message: 'no answer' } });
}
