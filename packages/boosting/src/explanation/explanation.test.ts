import { expect, test } from '@jest/globals';
import { modelCase, modelCases } from '../../test/oracle.ts';
import { readModel } from '../format/read-model.ts';
import { createPredictor } from '../prediction/create-predictor.ts';
import { createExplainer } from './create-explainer.ts';
import { featureImportance } from './feature-importance.ts';

const names = modelCases.map(({ name }) => name);

test.each(names)('SHAP values and base values equal XGBoost’s: %s', (name) => {
  const { bytes, x, contributions } = modelCase(name);
  const booster = readModel(bytes);
  const explainer = createExplainer(booster);
  const width = x.columns + 1;
  const out = new Float64Array(x.columns);
  for (let row = 0; row < x.rows; row++) {
    for (let group = 0; group < booster.groups; group++) {
      const base = explainer.contributions(x.values, row * x.columns, group, out, 0);
      const expected = contributions.subarray(
        (row * booster.groups + group) * width,
        (row * booster.groups + group + 1) * width,
      );
      for (const [feature, value] of out.entries()) expect(value).toBeCloseTo(expected[feature] as number, 4);
      expect(base).toBeCloseTo(expected[x.columns] as number, 4);
    }
  }
});

test('SHAP values and the base value add up to the score', () => {
  const { bytes, x } = modelCase('deep');
  const booster = readModel(bytes);
  const scores = createPredictor(booster).scoreRows(x);
  const out = new Float64Array(x.columns + 2);
  for (let row = 0; row < x.rows; row++) {
    const base = createExplainer(booster).contributions(x.values, row * x.columns, 0, out, 1);
    expect(out.reduce((sum, value) => sum + value, base)).toBeCloseTo(scores[row] as number, 4);
  }
});

test.each(names)('importance of features equals XGBoost’s: %s', (name) => {
  const { bytes, importance } = modelCase(name);
  const booster = readModel(bytes);
  const found = featureImportance(booster);
  const kinds = {
    weight: 'weight',
    gain: 'gain',
    cover: 'cover',
    totalGain: 'total_gain',
    totalCover: 'total_cover',
  } as const;
  for (const [ours, theirs] of Object.entries(kinds)) {
    for (const [index, value] of found[ours as keyof typeof kinds].entries()) {
      const key = booster.featureNames[index] ?? `f${index}`;
      const expected = importance[theirs]?.[key] ?? 0;
      expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-5 * Math.abs(expected));
    }
  }
});
