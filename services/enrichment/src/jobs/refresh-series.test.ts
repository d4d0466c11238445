import { sampleKey, startFred } from '@bellwether/testkit/fred';
import { expect, test } from '@jest/globals';
import { enrichmentCase } from '../../test/enrichment-case.ts';
import { createFredClient } from '../series/fred-client.ts';
import { refreshSeries } from './refresh-series.ts';

const recipeOf = (series: readonly string[], asOf: 'observation' | 'release', change: object = { item: 'product' }) =>
  JSON.stringify({ source: 'orders', roles: {}, target: 'sold', steps: [{ kind: 'macro', series, asOf }], ...change });

const names = ['m', 'other', 'rows', 'gone'];
const rows = {
  models: names.map((name) => ({ name, champion_version: 1, deleted_at: name === 'gone' ? 1 : null })),
  versions: [
    recipeOf(['UNRATE', 'PCE'], 'observation'),
    recipeOf(['UNRATE'], 'release'),
    recipeOf(['CPIAUCSL'], 'observation', {}),
    recipeOf(['GDPC1'], 'observation'),
  ].map((recipe, at) => ({ model: names[at] ?? '', trial_id: `trial_${at}`, version: 1, recipe })),
};

async function fredCase() {
  const fred = await startFred();
  const client = createFredClient({
    baseUrl: fred.url,
    apiKey: sampleKey,
    takeTurn: async () => undefined,
    firstPause: 1,
    retries: 1,
  });
  const enrichment = await enrichmentCase(rows, undefined, client);
  return {
    fred,
    enrichment,
    async [Symbol.asyncDispose]() {
      await enrichment[Symbol.asyncDispose]();
      await fred[Symbol.asyncDispose]();
    },
  };
}

test('the series that champions predict items with are fetched, and not again while they are young', async () => {
  await using opened = await fredCase();
  const { fred, enrichment } = opened;

  await refreshSeries(enrichment.deps);
  const stored = await enrichment.keys('series/');
  const asked = fred.requests.length;
  await refreshSeries(enrichment.deps);

  expect(stored).toHaveLength(3);
  expect(stored.filter((key) => key.includes('UNRATE'))).toHaveLength(2);
  expect(stored.filter((key) => key.includes('PCE'))).toHaveLength(1);
  expect(fred.requests).toHaveLength(asked);
});

test('while FRED is down nothing is stored, and nothing thrown', async () => {
  await using opened = await fredCase();
  opened.fred.misbehave({ kind: 'html' });

  await refreshSeries(opened.enrichment.deps);

  expect(await opened.enrichment.keys('series/')).toEqual([]);
});
