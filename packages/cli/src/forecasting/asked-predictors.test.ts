import { expect, test } from '@jest/globals';
import { askedPredictors } from './asked-predictors.ts';

test('a search is of each predictor that is named, else of the automatic choice', () => {
  expect(askedPredictors(['ets', 'npts'], undefined)).toEqual(['ets', 'npts']);
  expect(askedPredictors(['npts'], true)).toEqual([{ name: 'npts', search: true }]);
  expect(askedPredictors(undefined, true)).toEqual([{ name: 'AutoML', search: true }]);
  expect(askedPredictors(undefined, false)).toBeUndefined();
});
