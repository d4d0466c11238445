import type { Environment } from '../connect/environment.ts';

/** Where the demo's economic series come from. */
export interface SeriesSource extends AsyncDisposable {
  /** for the configuration of the services */
  readonly env: Readonly<Record<string, string>>;
  /** a sentence for the person at the screen */
  readonly sentence: string;
}

/** FRED where there is a key for it, else a server of ours that answers as FRED does, from a sample. */
export async function openSeriesSource({ FRED_API_KEY: key, FRED_BASE_URL: url }: Environment): Promise<SeriesSource> {
  if (key) {
    return {
      env: { FRED_API_KEY: key, ...(url ? { FRED_BASE_URL: url } : {}) },
      sentence: 'Economic series come from FRED, by your FRED_API_KEY.',
      [Symbol.asyncDispose]: async () => undefined,
    };
  }
  const { sampleKey, startFred } = await import('@bellwether/fred-sample');
  const server = await startFred();
  return {
    env: { FRED_API_KEY: sampleKey, FRED_BASE_URL: server.url },
    sentence:
      'No FRED_API_KEY is set: economic series come from a sample of public-domain US data that is part of the demo, not from FRED.',
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
