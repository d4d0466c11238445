import { calendarOf } from '../frequency/calendar.ts';
import type { PanelChunk, PanelSchema, Series } from '../panel/series.ts';
import type { ForecastPlan } from '../plan/forecast-plan.ts';
import { itemHash } from '../plan/item-hash.ts';
import type { PanelFacts } from '../plan/panel-facts.ts';
import { trainingLength } from '../plan/windows.ts';
import { type FeatureLayout, layoutFeatures } from './feature-layout.ts';
import { toRatio } from './ratio-scale.ts';
import { featureWriter } from './write-features.ts';

/** Features and targets of some items, row by row. */
export interface TrainingRows {
  readonly layout: FeatureLayout;
  readonly values: Float32Array;
  readonly targets: Float32Array;
  readonly rows: number;
}

/** Older origins than so many seasons or steps say little of today. */
const mostSeasons = 5;
const fewestOrigins = 300;

/** More rows of few items are the same values again from other origins: they take time and tell nothing new. */
const rowsOfPanel = 20_000;
const rowsOfItem = 2_000;

const trees = (plan: ForecastPlan): NonNullable<ForecastPlan['boostedTrees']> => {
  if (plan.boostedTrees === undefined) throw new RangeError('The plan has no boosted trees.');
  return plan.boostedTrees;
};

/** Steps that rows are made of: a recursive model learns the next one only. */
export const stepsOf = (plan: ForecastPlan): number => (trees(plan).strategy === 'recursive' ? 1 : plan.horizon);

const originsOf = (length: number, plan: ForecastPlan): number =>
  Math.min(length - 1, Math.max(fewestOrigins, mostSeasons * (plan.seasonLengths.at(-1) ?? 1)));

/** The share of rows that keeps a fit within the plan's `maxRows`. */
export const trainingShare = (facts: PanelFacts, plan: ForecastPlan): number => {
  const usual = facts.values / Math.max(1, facts.items);
  const rows = facts.items * Math.max(1, originsOf(usual, plan)) * stepsOf(plan);
  const enough = Math.min(trees(plan).maxRows, rowsOfPanel + rowsOfItem * facts.items);
  return Math.min(1, enough / Math.max(1, rows));
};

/** A hash of 0 to 1 for a row, so that which rows are drawn depends on nothing but themselves. */
const drawOf = (seed: number, origin: number, step: number): number => {
  let hash = Math.imul(seed ^ Math.imul(origin, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(step, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 0x1_0000_0000;
};

interface DrawnRow {
  readonly origin: number;
  readonly step: number;
}

const drawRows = ({ item, values, first }: Series, length: number, plan: ForecastPlan, share: number): DrawnRow[] => {
  const seed = itemHash(item, plan.seed);
  const steps = stepsOf(plan);
  const rows: DrawnRow[] = [];
  for (let origin = Math.max(1, length - originsOf(length, plan)); origin < length; origin++) {
    for (let step = 1; step <= steps && origin + step <= length; step++) {
      if (Number.isNaN(values[origin + step - 1]) || drawOf(seed, first + origin, step) >= share) continue;
      rows.push({ origin, step });
    }
  }
  return rows;
};

/** Logarithms unless an item that was looked at has ever been below 0. */
const scaleFor = (facts: PanelFacts, plan: ForecastPlan): FeatureLayout['scale'] => {
  if (facts.sample.some(({ isNegative }) => isNegative)) return 'linear';
  return trees(plan).objective === 'tweedie' ? 'share' : 'log';
};

/** Features of a panel under a plan; the same for all windows. */
export const planFeatures = (schema: PanelSchema, plan: ForecastPlan, facts: PanelFacts): FeatureLayout =>
  layoutFeatures(schema, plan, scaleFor(facts, plan));

/**
 * Rows of a chunk that a global model learns from: for some origins and steps what was known at the origin, and what
 * came. Values of any item at or after the window's cutoff are not looked at.
 *
 * @param share of the rows that are drawn, as `trainingShare` says
 */
export const drawTrainingRows = (
  { schema, series }: PanelChunk,
  plan: ForecastPlan,
  layout: FeatureLayout,
  window: number | 'final',
  share: number,
): TrainingRows => {
  const calendar = calendarOf(schema.frequency);
  const width = layout.names.length;
  const drawn = series.map((one) => {
    const length = trainingLength(one, plan, window);
    return { one: { ...one, values: one.values.subarray(0, length) }, rows: drawRows(one, length, plan, share) };
  });
  const total = drawn.reduce((sum, { rows }) => sum + rows.length, 0);
  const values = new Float32Array(total * width);
  const targets = new Float32Array(total);
  let count = 0;
  for (const { one, rows } of drawn) {
    if (rows.length === 0) continue;
    const { view, write } = featureWriter(one, layout, calendar);
    for (const { origin, step } of rows) {
      const footing = view.footing(origin);
      if (footing === undefined) continue;
      write(origin, footing, step, values, count * width);
      targets[count] = toRatio(one.values[origin + step - 1] as number, footing.base, footing.spread, layout.scale);
      count++;
    }
  }
  return { layout, values: values.slice(0, count * width), targets: targets.slice(0, count), rows: count };
};
