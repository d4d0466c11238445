import { expect, test } from '@jest/globals';
import { amazonAlgorithm, amazonForecastNames } from './amazon-forecast-names.ts';
import { predictors } from './predictors.ts';

test('every algorithm of Amazon Forecast is mapped to models that exist', () => {
  expect(Object.keys(amazonForecastNames)).toEqual(['CNN-QR', 'DeepAR+', 'Prophet', 'NPTS', 'ARIMA', 'ETS', 'AutoML']);
  const known = new Set([...Object.keys(predictors), 'boosted-trees']);
  for (const { models } of Object.values(amazonForecastNames))
    for (const model of models) expect(known).toContain(model);
});

test.each(['Deep_AR_Plus', 'arn:aws:forecast:::algorithm/Deep_AR_Plus', 'DeepAR+', 'deepar'])(
  'DeepAR+ is known as %s',
  (name) => {
    expect(amazonAlgorithm(name)).toBe(amazonForecastNames['DeepAR+']);
  },
);

test('another name is none of them', () => {
  expect(amazonAlgorithm('theta')).toBeUndefined();
});
