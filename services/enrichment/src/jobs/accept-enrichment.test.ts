import { EnrichmentRequest } from '@bellwether/contracts';
import { sampleKey, startFred } from '@bellwether/testkit/fred';
import { expect, test } from '@jest/globals';
import { enrichmentCase } from '../../test/enrichment-case.ts';
import { createFredClient, type FredClient } from '../series/fred-client.ts';
import { acceptEnrichment } from './accept-enrichment.ts';

const dated = JSON.stringify([
  { name: 'when', kind: 'timestamp', nullable: false },
  { name: 'z', kind: 'numeric', nullable: false },
]);
const asked = (...series: string[]) => ({
  tenantId: 't1',
  datasetId: 'ds_1',
  request: EnrichmentRequest.parse({ steps: [{ kind: 'macro', series }] }),
});

async function fredCase(timeoutMilliseconds = 60_000) {
  const fred = await startFred();
  const client = createFredClient({
    baseUrl: fred.url,
    apiKey: sampleKey,
    takeTurn: async () => undefined,
    retries: 0,
    timeoutMilliseconds,
  });
  const described: string[] = [];
  const counted: FredClient = {
    ...client,
    describe: async (id) => {
      described.push(id);
      return await client.describe(id);
    },
  };
  const enrichment = await enrichmentCase({ datasets: [{ schema: dated }] }, undefined, counted);
  return {
    ...enrichment,
    fred,
    described,
    async [Symbol.asyncDispose]() {
      await enrichment[Symbol.asyncDispose]();
      await fred[Symbol.asyncDispose]();
    },
  };
}

test('a series that FRED does not have is refused while the caller listens', async () => {
  await using at = await fredCase();

  await expect(acceptEnrichment(asked('UNRATE', 'NOSUCH'), at.deps)).rejects.toMatchObject({
    status: 422,
    code: 'series-not-found',
    options: { field: 'series' },
  });
});

test.each([
  ['is down', { kind: 'status', status: 500, times: 99 }],
  ['is silent', { kind: 'silence' }],
  ['answers HTML', { kind: 'html' }],
] as const)('while FRED %s the job is accepted, and FRED is not asked for each series', async (_, fault) => {
  await using at = await fredCase(fault.kind === 'silence' ? 20 : undefined);
  at.fred.misbehave(fault);

  const { plan, commit } = await acceptEnrichment(asked('UNRATE', 'PCE', 'GDPC1'), at.deps);
  const { messages } = await at.database.transact(commit);

  expect(plan.steps).toMatchObject([{ kind: 'macro' }]);
  expect(messages).toHaveLength(1);
  expect(at.described).toEqual(['UNRATE']);
});
