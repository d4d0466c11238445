import { expect, test } from '@jest/globals';
import { errorsOf, mergeErrors, metricsOf, noErrors, seasonalScale } from '../src/index.ts';
import { readFixture } from './oracle-cases.ts';

interface MetricsFixture {
  readonly levels: readonly number[];
  readonly seasonLength: number;
  readonly items: readonly {
    readonly item: string;
    readonly history: readonly number[];
    readonly actual: readonly number[];
    readonly mean: readonly number[];
    readonly quantiles: readonly (readonly number[])[];
    readonly metrics: Readonly<Record<string, number>>;
  }[];
  readonly overall: Readonly<Record<string, number>>;
}

const fixture = readFixture('metrics.json') as MetricsFixture;

const totals = fixture.items.map(({ history, actual, mean, quantiles }) =>
  errorsOf(
    {
      actual: Float64Array.from(actual),
      mean: Float64Array.from(mean),
      quantiles: quantiles.map((values) => Float64Array.from(values)),
      scale: seasonalScale(Float64Array.from(history), fixture.seasonLength),
    },
    fixture.levels,
  ),
);

const named = (of: (typeof totals)[number]): Record<string, number> => {
  const { weightedQuantileLosses, ...rest } = metricsOf(of);
  const losses = weightedQuantileLosses.map((loss, i) => [`weightedQuantileLoss${fixture.levels[i]}`, loss] as const);
  return { ...rest, ...Object.fromEntries(losses) };
};

test.each(fixture.items.map(({ item, metrics }, i) => ({ item, metrics, i })))(
  'measures of item $item equal those of utilsforecast',
  ({ metrics, i }) => {
    const ours = named(totals[i] ?? noErrors(fixture.levels));
    expect(Object.keys(ours).sort()).toEqual(Object.keys(metrics).sort());
    for (const [name, value] of Object.entries(metrics))
      expect(Math.abs((ours[name] ?? 0) / value - 1)).toBeLessThan(1e-9);
  },
);

test('measures over all items equal those of utilsforecast on the whole table', () => {
  const ours = named(totals.reduce(mergeErrors, noErrors(fixture.levels)));
  expect(Object.keys(ours).sort()).toEqual(Object.keys(fixture.overall).sort());
  for (const [name, value] of Object.entries(fixture.overall)) {
    expect(Math.abs((ours[name] ?? 0) / value - 1)).toBeLessThan(1e-9);
  }
});
