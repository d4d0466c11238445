import { ForecastRequest, PipelineParameters, type PredictorRequest } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { planForecast, planPipeline } from './plan-forecast.ts';

const columns = { item: 'shop', time: 'day', target: 'sales' };

function counter() {
  let ids = 0;
  return (prefix: string) => `${prefix}_${++ids}`;
}

const plan = (request: object) =>
  planForecast(ForecastRequest.parse({ horizon: 7, ...request }), 'ds_target', columns, counter());
const withPredictors = (...predictors: PredictorRequest[]) => plan({ predictors });
const pipeline = (parameters: object) =>
  planPipeline(
    PipelineParameters.parse({ DataName: 'sales', ForecastHorizon: 9, dateCreate: '20261121', ...parameters }),
    'message-1',
    counter(),
  );

test('a request without a list leaves the choice of predictors to the data', () => {
  const planned = plan({ quantiles: [0.9, 0.1] });

  expect(planned).toEqual({
    ok: true,
    plan: {
      source: { kind: 'datasets' },
      datasets: { target: 'ds_target', related: 'ds_2', forecasts: 'ds_3', backtests: 'ds_4' },
      columns,
      horizon: 7,
      quantiles: [0.1, 0.9],
      windows: 2,
      notes: [],
      performDelete: false,
      seed: 0,
    },
  });
});

test('a dataset with future values is the related table', () => {
  expect(plan({ futureId: 'ds_future', known: ['price'] })).toMatchObject({
    plan: { datasets: { target: 'ds_target', related: 'ds_future' }, known: ['price'] },
  });
});

test('names of Amazon Forecast become ours, and each is said once', () => {
  const planned = withPredictors('CNN-QR', 'NPTS', 'ets', 'CNN-QR', 'log-mstl');

  expect(planned).toMatchObject({
    plan: {
      predictors: [
        { name: 'boosted-trees', askedAs: 'CNN-QR' },
        { name: 'npts', askedAs: 'NPTS' },
        { name: 'ets' },
        { name: 'log-mstl' },
      ],
      notes: [
        expect.stringMatching(/^CNN-QR stands for boosted-trees\. /),
        expect.stringMatching(/^NPTS stands for npts\. /),
      ],
    },
  });
});

test('AutoML is the automatic choice; what stands beside it is tried in any case, with its settings', () => {
  const alone = withPredictors('AutoML');
  expect(alone).toMatchObject({ plan: { notes: [expect.stringMatching(/^AutoML stands for the automatic choice/)] } });
  expect(alone).not.toHaveProperty('plan.predictors');
  expect(withPredictors({ name: 'npts', hyperparameters: { kernel_type: 'uniform' } }, 'AutoML')).toMatchObject({
    plan: {
      automatic: { windows: 2, search: false },
      predictors: [{ name: 'npts', hyperparameters: { kernel_type: 'uniform' } }],
    },
  });
});

test('AutoML has windows of its own, and searches when that is asked for', () => {
  expect(withPredictors({ name: 'AutoML', NumberOfBacktestWindows: 4, search: true })).toMatchObject({
    plan: { windows: 4, automatic: { windows: 4, search: true } },
  });
});

test('two names for one predictor are one, whose settings add up', () => {
  expect(
    withPredictors(
      { name: 'CNN-QR', hyperparameters: { rounds: 20, eta: 0.2 }, NumberOfBacktestWindows: 1 },
      { name: 'DeepAR+', hyperparameters: { eta: 0.1 }, NumberOfBacktestWindows: 3, search: true },
    ),
  ).toMatchObject({
    plan: {
      windows: 3,
      predictors: [{ name: 'boosted-trees', hyperparameters: { rounds: 20, eta: 0.1 }, windows: 3, search: true }],
    },
  });
});

test('NPTS takes the hyperparameters that Amazon Forecast has for it', () => {
  const of = (hyperparameters: Record<string, unknown>) => pipeline({ Models: [{ name: 'NPTS', hyperparameters }] });
  expect(of({ kernel_type: 'uniform', use_seasonal_model: false, exp_kernel_weights: 0.05 })).toMatchObject({
    ok: true,
  });
  expect(of({ kernel_type: 'normal' })).toMatchObject({
    refusal: { code: 'hyperparameter-invalid', field: 'param.Models[0].hyperparameters.kernel_type' },
  });
});

test('a search for what there is nothing to search for is said', () => {
  expect(withPredictors({ name: 'ets', search: true })).toMatchObject({
    plan: { notes: [expect.stringContaining('ets has no hyperparameters to search for')] },
  });
});

test('an unknown predictor is refused with the nearest names', () => {
  expect(withPredictors('ets', 'season-naive')).toEqual({
    ok: false,
    refusal: {
      code: 'predictor-unknown',
      detail: 'There is no predictor season-naive.',
      field: 'predictors[1]',
      cure: expect.stringContaining('seasonal-naive'),
    },
  });
  expect(pipeline({ Models: ['DeepARX'] })).toMatchObject({
    refusal: { field: 'param.Models[0]', cure: expect.stringContaining('DeepAR+') },
  });
  expect(withPredictors('log-boosted-trees')).toMatchObject({ refusal: { code: 'predictor-unknown' } });
});

test('boosted trees take hyperparameters, which are checked', () => {
  const of = (hyperparameters: Record<string, unknown>) => withPredictors({ name: 'boosted-trees', hyperparameters });

  expect(of({ rounds: 50, objective: 'tweedie' })).toMatchObject({
    plan: { predictors: [{ hyperparameters: { rounds: 50, objective: 'tweedie' } }] },
  });
  expect(of({ round: 50 })).toMatchObject({
    refusal: {
      code: 'hyperparameter-unknown',
      field: 'predictors[0].hyperparameters.round',
      cure: expect.stringMatching(/^The nearest are rounds,/),
    },
  });
  expect(of({ eta: 2 })).toMatchObject({
    refusal: { code: 'hyperparameter-invalid', field: 'predictors[0].hyperparameters.eta' },
  });
  expect(of({ threads: 64 })).toMatchObject({ refusal: { code: 'hyperparameter-unknown' } });
});

test('predictors that have no hyperparameters refuse them', () => {
  expect(pipeline({ Models: [{ name: 'ETS', hyperparameters: { season_length: 12 } }] })).toMatchObject({
    refusal: {
      code: 'hyperparameter-unknown',
      detail: expect.stringContaining('ets has no hyperparameters'),
      field: 'param.Models[0].hyperparameters.season_length',
    },
  });
});

test('each predictor may have windows of its own; the plan has the most of them', () => {
  const planned = pipeline({
    NumberOfBacktestWindows: 2,
    Models: ['ets', { name: 'theta', NumberOfBacktestWindows: 4 }],
  });

  expect(planned).toMatchObject({
    plan: {
      windows: 4,
      predictors: [
        { name: 'ets', windows: 2, search: false },
        { name: 'theta', windows: 4, search: false },
      ],
    },
  });
});

test('a frequency is checked before anything is read', () => {
  expect(plan({ frequency: '15min' })).toMatchObject({ plan: { frequency: '15min' } });
  expect(plan({ frequency: 'fortnight' })).toMatchObject({
    refusal: { code: 'frequency-invalid', field: 'frequency' },
  });
  expect(pipeline({ ForecastFrequency: '0D' })).toMatchObject({
    refusal: { code: 'frequency-invalid', field: 'param.ForecastFrequency' },
  });
});

test('a pipeline reads the warehouse’s columns and knows its message', () => {
  expect(pipeline({ PerformDelete: true })).toMatchObject({
    plan: {
      source: { kind: 'warehouse', dataName: 'sales', dateCreate: '20261121', messageId: 'message-1' },
      columns: { item: 'item_id', time: 'timestamp', target: 'target_value' },
      quantiles: [0.1, 0.5, 0.9],
      windows: 1,
      performDelete: true,
      negatives: 'rare-forward',
    },
  });
});
