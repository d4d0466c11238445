import { expect, test } from '@jest/globals';
import type { PanelChunk, Series } from '../panel/series.ts';
import type { BoostedTreesOptions, ForecastPlan } from '../plan/forecast-plan.ts';
import { panelFacts } from '../plan/panel-facts.ts';
import { planForecast } from '../plan/plan-forecast.ts';
import { globalForecasts } from './global-forecasts.ts';
import { fitBoostedTrees } from './global-model.ts';
import { drawTrainingRows, planFeatures, trainingShare } from './training-rows.ts';

const length = 120;
const horizon = 4;

/** Weekly sales that a promotion, which comes without any order, multiplies by three. */
const shop = (i: number): Series => {
  const promoted = (t: number) => Number((t * 7919 + i * 104_729) % 11 < 2);
  return {
    item: `shop-${i}`,
    first: 0,
    values: Float64Array.from(
      { length },
      (_, t) => (20 + 15 * i) * (1 + 2 * promoted(t)) * (1 + 0.02 * ((t * 31) % 7)),
    ),
    known: [Float64Array.from({ length: length + horizon }, (_, t) => promoted(t))],
    attributes: new Float64Array(0),
  };
};

const chunkOf = (series: readonly Series[], known: boolean): PanelChunk => ({
  schema: {
    frequency: { unit: 'week', count: 1, anchor: 1 },
    known: known ? [{ name: 'promotion', kind: 'number' }] : [],
    attributes: [],
  },
  series: series.map((one) => ({ ...one, known: known ? one.known : [] })),
});

const planOf = ({ schema, series }: PanelChunk, boostedTrees: BoostedTreesOptions = {}) => {
  const facts = panelFacts(series, schema, { horizon });
  const { plan } = planForecast({ horizon, models: ['boosted-trees'], boostedTrees }, schema, facts, []);
  return { plan, facts };
};

/** The rows of the last window, and how far off its forecasts are on average, as a share. */
const errorOf = async (chunk: PanelChunk, boostedTrees: BoostedTreesOptions = {}): Promise<number> => {
  const { plan, facts } = planOf(chunk, boostedTrees);
  const window = plan.windows + plan.calibrationWindows - 1;
  const layout = planFeatures(chunk.schema, plan, facts);
  const rows = drawTrainingRows(chunk, plan, layout, window, trainingShare(facts, plan));
  const model = await fitBoostedTrees([rows], plan);
  if (model === undefined) throw new Error('There is no model.');
  const origins = chunk.series.map(({ values }) => values.length - horizon);
  const forecasts = globalForecasts(model, chunk.schema, chunk.series, plan, origins);
  const errors = forecasts.flatMap((forecast, i) =>
    Array.from(forecast ?? [], (value, step) =>
      Math.abs(value / (chunk.series[i]?.values[length - horizon + step] as number) - 1),
    ),
  );
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
};

const shops = Array.from({ length: 12 }, (_, i) => shop(i));

test.each(['direct', 'recursive'] as const)('promotions known ahead are made use of, %s', async (strategy) => {
  const known = await errorOf(chunkOf(shops, true), { strategy });
  const unknown = await errorOf(chunkOf(shops, false), { strategy });
  expect(known).toBeLessThan(0.1);
  expect(known).toBeLessThan(0.5 * unknown);
});

test.each(['absolute', 'tweedie', 'quantile'] as const)('the objective %s learns them, too', async (objective) => {
  expect(await errorOf(chunkOf(shops, true), { objective })).toBeLessThan(0.2);
});

const drawn = (chunk: PanelChunk, plan: ForecastPlan, share: number) => {
  const layout = planFeatures(chunk.schema, plan, panelFacts(chunk.series, chunk.schema, { horizon }));
  return drawTrainingRows(chunk, plan, layout, 0, share);
};

test("values after a window's origin are in no row of it", () => {
  const chunk = chunkOf(shops, true);
  const { plan } = planOf(chunk);
  const later = chunkOf(
    shops.map((one) => ({ ...one, values: one.values.map((value, t) => (t >= length - 4 * horizon ? 9999 : value)) })),
    true,
  );
  const before = drawn(chunk, plan, 1);
  expect(before.rows).toBeGreaterThan(1000);
  expect(drawn(later, plan, 1)).toEqual(before);
});

test('which rows are drawn depends on the rows alone, not on the chunk', () => {
  const { plan } = planOf(chunkOf(shops, true));
  const whole = drawn(chunkOf(shops, true), plan, 0.3);
  const apart = shops.map((one) => drawn(chunkOf([one], true), plan, 0.3));
  expect(apart.flatMap(({ targets }) => Array.from(targets))).toEqual(Array.from(whole.targets));
});
