import { emit, flow } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { bindRoutes, type Route, type RoutesOf } from './route.ts';

const refuse = () => {
  throw new Error('not asked');
};

test('a service that leaves a route out, or adds one, does not compile', () => {
  // @ts-expect-error createEnrichment is missing
  const missing: RoutesOf<'enrichment', undefined> = {};
  // @ts-expect-error createDataset is another service's
  const extra: RoutesOf<'enrichment', undefined> = { createEnrichment: refuse, createDataset: refuse };
  expect([missing, extra]).toHaveLength(2);
});

test('a route that answers another thing than its contract says does not compile', () => {
  // @ts-expect-error prediction is missing
  const wrongBody: Route<'predictShort', undefined> = () => ({ body: { model: 'm', version: 1 } });
  // @ts-expect-error an answer without its body
  const noBody: Route<'predictShort', undefined> = () => ({});
  const noContent: Route<'deleteDataset', undefined> = () => ({});
  expect([wrongBody, noBody, noContent]).toHaveLength(3);
});

test('accepted work that emits the message of another service does not compile', () => {
  const job = { id: 'j' } as never;
  const own: Route<'createTrainingJob', undefined, string> = () => ({
    commit: async () => ({ body: { job }, messages: [emit(flow.trainingRequested, { jobId: 'j' })] }),
  });
  const foreign: Route<'createTrainingJob', undefined, string> = () => ({
    // @ts-expect-error enrichmentRequested is enrichment's
    commit: async () => ({ body: { job }, messages: [emit(flow.enrichmentRequested, { jobId: 'j' })] }),
  });
  expect([own, foreign]).toHaveLength(2);
});

test('bound routes are those of their service, with their dependencies', async () => {
  const routes = {
    createEnrichment: (_request: unknown, deps: { name: string }) => {
      throw new Error(deps.name);
    },
  } as never as RoutesOf<'enrichment', { name: string }>;
  const bound = bindRoutes('enrichment', routes, { name: 'Ana' });
  expect(bound[0]).toMatchObject({ name: 'createEnrichment', operation: { service: 'enrichment' } });
  expect(() => bound[0]?.call({} as never)).toThrow('Ana');
});
