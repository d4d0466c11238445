import { Problem } from '@bellwether/contracts';

/** How FRED, or the way to it, failed. */
export interface FredFailure {
  /** absent when there was no answer */
  readonly status?: number;
  readonly message: string;
}

/** What a failed request to FRED is to our caller: a refusal of theirs to mend, or a source that is down. */
export function fredFailure(error: unknown, seriesId: string | undefined): Problem {
  const failure = (error as { failure?: FredFailure }).failure ?? { message: 'the answer has another form' };
  if (/does not exist in ALFRED/i.test(failure.message)) return withoutReleases(seriesId ?? '');
  if (/series does not exist/i.test(failure.message)) return seriesNotFound(seriesId ?? '');
  if (/api_key/.test(failure.message)) {
    return new Problem(409, 'fred-key-refused', 'FRED does not take the key in FRED_API_KEY.', { cure: howToGetKey });
  }
  if (failure.status === 400) {
    return new Problem(422, 'fred-refused', `FRED refused the request: ${failure.message}`, {
      cure: 'Change what was asked for.',
    });
  }
  const status = failure.status === undefined ? '' : ` (${failure.status})`;
  return new Problem(503, 'fred-unavailable', `FRED does not answer as it should${status}: ${failure.message}.`, {
    cure: 'Try again later.',
  });
}

/**
 * How many vintages FRED gives at once, when it refused to give all that was ever published of a series: `… exceeds the
 * maximum number of vintage dates allowed for this file type (2000).`
 */
export function mostVintages(error: unknown): number | undefined {
  if (!(error instanceof Problem) || error.code !== 'fred-refused') return undefined;
  const said = /maximum number of vintage dates[^(]*\((\d+)\)/i.exec(error.message);
  return said === null ? undefined : Number(said[1]);
}

function withoutReleases(id: string): Problem {
  return new Problem(422, 'series-without-releases', `FRED has ${id}, but keeps no record of when it was published.`, {
    field: 'series',
    cure: 'Take it by the dates of its observations: asOf "observation", on the command line without --release.',
  });
}

export const howToGetKey =
  'Ask for a free key at https://fred.stlouisfed.org/docs/api/api_key.html and start with FRED_API_KEY=….';

export function seriesNotFound(id: string): Problem {
  return new Problem(422, 'series-not-found', `FRED has no series ${id}.`, {
    field: 'series',
    cure: 'Search for it with GET /v1/series?search=….',
  });
}

export function noKey(): Problem {
  return new Problem(409, 'fred-key-missing', 'Series come from FRED, and no key for it is configured.', {
    cure: howToGetKey,
  });
}
