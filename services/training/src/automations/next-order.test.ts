import type { ThenStep } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { type DoneStep, nextOrder, resultOf } from './next-order.ts';

const enrich: ThenStep = { kind: 'enrich', steps: [] };
const train: ThenStep = { kind: 'train', model: 'm' };
const predict: ThenStep = { kind: 'predict' };
const enriched = (datasets: object): DoneStep => ({ kind: 'enrich', jobId: 'job_e', result: { datasets } });
const trained: DoneStep = { kind: 'train', jobId: 'job_t', result: { champion: 2, promoted: true } };
const predicted: DoneStep = { kind: 'predict', jobId: 'job_p', result: { datasetId: 'ds_p' } };
const split = enriched({ train: 'ds_train', test: 'ds_test', actuals: 'ds_actuals' });

test.each<[string, ThenStep[], DoneStep[], object | undefined]>([
  ['the first step works on the dataset of the trigger', [enrich, train], [], { kind: 'enrich', datasetId: 'ds_1' }],
  ['a training without an enrichment too', [train], [], { kind: 'train', datasetId: 'ds_1' }],
  [
    'after an enrichment, on what it made',
    [enrich, train],
    [enriched({ enriched: 'ds_2' })],
    { kind: 'train', datasetId: 'ds_2' },
  ],
  ['after a split, on its train part', [enrich, train], [split], { kind: 'train', datasetId: 'ds_train' }],
  [
    'a prediction then, of the test part',
    [enrich, train, predict],
    [split, trained],
    { kind: 'predict', datasetId: 'ds_test' },
  ],
  [
    'of a named dataset, whichever is its newest',
    [train, { ...predict, dataset: 'new' }],
    [trained],
    { kind: 'predict' },
  ],
  ['of next periods, of no dataset', [train, { ...predict, periods: 3 }], [trained], { kind: 'predict' }],
  ['after the last step there is none', [train], [trained], undefined],
])('%s', (_, then, done, order) => {
  expect(nextOrder(then, done, 'ds_1')).toEqual(order);
});

test('the result of a run names its jobs and what came of them', () => {
  expect(resultOf([enrich, train, predict], [split, trained, predicted])).toEqual({
    steps: [
      { kind: 'enrich', jobId: 'job_e' },
      { kind: 'train', jobId: 'job_t' },
      { kind: 'predict', jobId: 'job_p' },
    ],
    datasets: { train: 'ds_train', test: 'ds_test', actuals: 'ds_actuals' },
    model: 'm',
    champion: 2,
    promoted: true,
    predictionsId: 'ds_p',
  });
});
