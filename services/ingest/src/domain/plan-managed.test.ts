import { ForecastRequest, PipelineParameters } from '@bellwether/contracts';
import { readConfig } from '@bellwether/platform';
import { expect, test } from '@jest/globals';
import { planForecast, planPipeline } from './plan-forecast.ts';
import { managedFault } from './plan-managed.ts';

const newId = (prefix: string) => `${prefix}_1`;
const plan = (request: object) =>
  planForecast(
    ForecastRequest.parse({ horizon: 7, backend: 'sagemaker', ...request }),
    'ds_target',
    { time: 'day', target: 'sales' },
    newId,
  );
const pipeline = (parameters: object) => {
  const least = { DataName: 'sales', ForecastHorizon: 9, dateCreate: '20261121', Backend: 'sagemaker' };
  return planPipeline(PipelineParameters.parse({ ...least, ...parameters }), 'message-1', newId);
};

test('without a list AutoML has all its algorithms; AutoML among them leaves the choice open as well', () => {
  expect(plan({})).toMatchObject({ ok: true, plan: { managed: {}, windows: 2, notes: [] } });
  expect(plan({ predictors: ['ETS', 'AutoML'] })).toMatchObject({ plan: { managed: {} } });
  expect(plan({ backend: 'local' })).not.toHaveProperty('plan.managed');
});

test('names of Amazon Forecast are its own algorithms there, once each', () => {
  const Models = ['CNN-QR', 'deepar+', 'arn:aws:forecast:::algorithm/CNN-QR', { name: 'NPTS' }];

  expect(pipeline({ Models })).toMatchObject({ plan: { managed: { algorithms: ['cnn-qr', 'deepar', 'npts'] } } });
});

test.each([
  ['a horizon beyond 500', { ForecastHorizon: 501 }, 'horizon-unfit', 'param.ForecastHorizon'],
  ['a quantile between percents', { Quantiles: [0.5, 0.975] }, 'quantiles-unfit', 'param.Quantiles'],
  ['six quantiles', { Quantiles: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6] }, 'quantiles-unfit', 'param.Quantiles'],
  ['a model of ours', { Models: ['ETS', 'theta'] }, 'predictor-unfit', 'param.Models[1]'],
  [
    'hyperparameters',
    { Models: [{ name: 'ETS', hyperparameters: {} }] },
    'predictor-unfit',
    'param.Models[0].hyperparameters',
  ],
  ['business days', { ForecastFrequency: 'B' }, 'frequency-unfit', 'param.ForecastFrequency'],
  ['sixty minutes', { ForecastFrequency: '60min' }, 'frequency-unfit', 'param.ForecastFrequency'],
])('%s is refused, since AutoML would an hour later', (_, parameters, code, field) => {
  expect(pipeline(parameters)).toMatchObject({ ok: false, refusal: { code, field, cure: expect.any(String) } });
});

test('an installation without SageMaker says what is missing', () => {
  const planned = plan({});
  const made = planned.ok ? planned.plan : undefined;
  const configured = readConfig({ SAGEMAKER_ROLE_ARN: 'arn:aws:iam::123456789012:role/r', SAGEMAKER_BUCKET: 'b' });

  expect(made && managedFault(made, readConfig({}))).toMatchObject({
    code: 'sagemaker-not-configured',
    detail: expect.stringContaining('SAGEMAKER_ROLE_ARN'),
  });
  expect(made && managedFault(made, configured)).toBeUndefined();
  const here = plan({ backend: 'local' });
  expect(here.ok && managedFault(here.plan, readConfig({}))).toBeUndefined();
});
