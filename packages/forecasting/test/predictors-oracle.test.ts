import { expect, test } from '@jest/globals';
import { predictors } from '../src/index.ts';
import { type OracleCase, oracleCases, relativeDifference } from './oracle-cases.ts';

/** The shares of the mean level by which forecasts may differ from statsforecast 2.1.1. */
const exact = 1e-10;

const differences = (name: string, oracle = name, included: (found: OracleCase) => boolean = () => true) =>
  oracleCases
    .filter((found) => found.forecasts[oracle] !== undefined && included(found))
    .map((found) => {
      const forecast = predictors[name]?.forecast(Float64Array.from(found.history), {
        horizon: found.forecasts[oracle]?.length ?? 0,
        seasonLengths: found.seasonLength > 1 ? [found.seasonLength] : [],
      });
      return [found.name, relativeDifference(found, oracle, forecast ?? new Float64Array())] as const;
    });

const beyond = (tolerance: number, found: readonly (readonly [string, number])[]) =>
  found.filter(([, difference]) => !(difference <= tolerance));

test.each([['naive'], ['seasonal-naive'], ['drift'], ['historic-mean'], ['croston'], ['croston-sba']])(
  '%s equals statsforecast on AirPassengers and 30 generated series',
  (name) => {
    const found = differences(name);
    expect(found).toHaveLength(31);
    expect(beyond(exact, found)).toEqual([]);
  },
);

test('tsb equals statsforecast where that gives an answer (not on negative series)', () => {
  const found = differences('tsb');
  expect(found).toHaveLength(30);
  expect(beyond(exact, found)).toEqual([]);
});

/** Random walks and rare counts: their errors have two minima within a thousandth of one another. */
const twoMinima = ['monthly-walk', 'small-counts'];

test('theta equals statsforecast once its search has converged, but for series with two minima', () => {
  const found = differences('theta', 'theta-converged');
  expect(
    beyond(
      1e-5,
      found.filter(([name]) => !twoMinima.includes(name)),
    ),
  ).toEqual([]);
  expect(beyond(5e-3, found)).toEqual([]);
});

test('theta is within 0.3 % where the search of statsforecast stops early', () => {
  expect(beyond(3e-3, differences('theta'))).toEqual([]);
});

test('auto-theta is within 0.3 %', () => {
  expect(beyond(3e-3, differences('auto-theta'))).toEqual([]);
});

const isDamped = ({ notes }: OracleCase): boolean => notes.ets?.includes('Ad') ?? false;

test('ets equals statsforecast on all forms without damping', () => {
  const found = differences('ets', 'ets', (oracle) => !isDamped(oracle));
  expect(found.length).toBeGreaterThan(25);
  expect(beyond(exact, found)).toEqual([]);
});

test('damped ets differs only by the sum of powers of φ, in which statsforecast counts φ twice', () => {
  const found = differences('ets', 'ets', isDamped);
  expect(found.length).toBeGreaterThan(1);
  expect(beyond(1e-3, found)).toEqual([]);
});

/** Demand that is mostly noise around a level: a wide range of parameters is as good within the search's tolerance. */
const flatOptimum = ['intermittent', 'intermittent-fading', 'small-counts'];

test('ces equals AutoCES, the kind of season that is chosen included', () => {
  const found = differences('ces').filter(([name]) => !flatOptimum.includes(name));
  expect(found).toHaveLength(28);
  expect(beyond(1e-6, found)).toEqual([]);
});

test('ces is within 2 % of AutoCES where rare demand leaves its parameters open', () => {
  expect(beyond(2e-2, differences('ces'))).toEqual([]);
});
