import type { Platform } from '@bellwether/platform';
import { createFredClient } from './fred-client.ts';
import { createRequestBudget } from './request-budget.ts';
import { createSeriesLibrary, type SeriesLibrary } from './series-library.ts';

const hour = 3_600_000;

/** For those who wait at a route: below the 29 s after which API Gateway gives up. */
const patienceMilliseconds = 10_000;

/** The series library as configured: with a key it asks FRED, without one it has what was stored before. */
export function openSeriesLibrary({ config, database, store, now }: Platform): SeriesLibrary {
  const { FRED_API_KEY: apiKey, FRED_BASE_URL: baseUrl, FRED_CACHE_HOURS: hours } = config;
  const takeTurn = createRequestBudget(database, now);
  const options = apiKey === undefined ? undefined : { baseUrl, apiKey, takeTurn };
  const client = options && createFredClient(options);
  const listening = options && createFredClient({ ...options, patienceMilliseconds });
  return createSeriesLibrary({ client, listening, store, now, maxAgeMilliseconds: hours * hour });
}
