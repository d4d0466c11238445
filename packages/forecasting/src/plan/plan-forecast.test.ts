import { expect, test } from '@jest/globals';
import type { Frequency } from '../frequency/frequency.ts';
import { calendarSeasons } from '../frequency/season-lengths.ts';
import type { Series } from '../panel/series.ts';
import type { ForecastRequest } from './forecast-plan.ts';
import { lastPeriodOf, mergeFacts, panelFacts } from './panel-facts.ts';
import { planForecast } from './plan-forecast.ts';
import { windowPlaces } from './windows.ts';

const available = ['seasonal-naive', 'naive', 'theta', 'mstl', 'tsb', 'croston-sba', 'ets'];

const seriesOf = (values: readonly number[], i: number): Series => ({
  item: `item-${i}`,
  first: 0,
  values: Float64Array.from(values),
  known: [],
  attributes: new Float64Array(0),
});

/** Noise that a test can repeat. */
const noise = (t: number, i = 0) => ((Math.imul(t * 31 + i * 17 + 7, 0x9e3779b1) >>> 0) % 1000) / 1000;

const planOf = (
  all: readonly (readonly number[])[],
  frequency: Frequency,
  request: ForecastRequest = { horizon: 4 },
) => {
  const schema = { frequency, known: [], attributes: [] };
  const series = all.map(seriesOf);
  const end = lastPeriodOf(series);
  const facts = mergeFacts(series.map((one) => panelFacts([one], schema, request, end)));
  return planForecast(request, schema, facts, available);
};

const day: Frequency = { unit: 'day', count: 1 };
const wave = (length: number, season: number, i = 0) =>
  Array.from({ length }, (_, t) => 50 + 10 * Math.sin((2 * Math.PI * t) / season) + noise(t, i));

test.each<[Frequency, number[]]>([
  [{ unit: 'minute', count: 15 }, [4, 96, 672]],
  [{ unit: 'hour', count: 1 }, [24, 168]],
  [day, [7, 365]],
  [{ unit: 'week', count: 1 }, [52]],
  [{ unit: 'month', count: 1 }, [12]],
  [{ unit: 'quarter', count: 1 }, [4]],
  [{ unit: 'year', count: 1 }, []],
])('%j has the seasons of the calendar', (frequency, seasons) => {
  expect(calendarSeasons(frequency)).toEqual(seasons);
});

test('a season that the values show is in the plan, one that they do not show is left out and told', () => {
  const { plan, problems } = planOf([wave(200, 7), wave(200, 7, 1)], day);
  expect(plan.seasonLengths).toEqual([7]);
  expect(problems.map(({ code }) => code)).toEqual(['season-not-found']);
  expect(planOf([Array.from({ length: 200 }, (_, t) => noise(t))], day).plan.seasonLengths).toEqual([]);
});

test('two years of days show the season of the year', () => {
  const values = wave(1100, 365).map((value, t) => value + 5 * Math.sin((2 * Math.PI * t) / 7));
  expect(planOf([values], day).plan.seasonLengths).toEqual([7, 365]);
});

test('demand with many zeros brings the predictors for it', () => {
  const rare = Array.from({ length: 100 }, (_, t) => (noise(t) > 0.7 ? 5 : 0));
  expect(planOf([rare], day).plan.predictors).toContain('tsb');
  expect(planOf([wave(100, 7)], day).plan.predictors).not.toContain('tsb');
});

test('a few items have no global model, many have, and a wish is respected', () => {
  const many = Array.from({ length: 6 }, (_, i) => wave(60, 7, i));
  expect(planOf(many, day).plan.boostedTrees).toBeDefined();
  expect(planOf(many.slice(0, 2), day).plan.boostedTrees).toBeUndefined();
  const { plan } = planOf(many.slice(0, 2), day, { horizon: 4, models: ['boosted-trees'] });
  expect(plan.boostedTrees).toBeDefined();
  expect(plan.predictors).toEqual([]);
});

test('windows end with the history and are as far apart as the horizon', () => {
  const { plan } = planOf([wave(100, 7)], day, { horizon: 10, windows: 2 });
  const places = windowPlaces(seriesOf(wave(100, 7), 0), plan);
  expect(places.at(-1)).toMatchObject({ origin: 90, length: 10 });
  expect(places.at(-2)).toMatchObject({ origin: 80, length: 10 });
});

test('windows of all items begin at the same periods, whenever an item began', () => {
  const { plan } = planOf([wave(100, 7)], day, { horizon: 10, windows: 2 });
  const young = { ...seriesOf(wave(40, 7), 0), first: 60 };
  const starts = windowPlaces(young, plan).map(({ window, origin }) => [window, young.first + origin]);
  const newest = plan.windows + plan.calibrationWindows - 1;
  expect(starts.slice(-2)).toEqual([
    [newest - 1, 80],
    [newest, 90],
  ]);
});

test('an item that ended within the newest window is tested on what it has of that', () => {
  const { plan } = planOf([wave(100, 7)], day, { horizon: 10, windows: 2 });
  expect(windowPlaces(seriesOf(wave(96, 7), 0), plan).at(-1)).toMatchObject({ origin: 90, length: 6 });
});

test('an item that ended before half of it is tested before its own end, beside global models of earlier cutoffs', () => {
  const { plan } = planOf([wave(100, 7)], day, { horizon: 10, windows: 2 });
  const newest = plan.windows + plan.calibrationWindows - 1;
  expect(windowPlaces(seriesOf(wave(93, 7), 0), plan).slice(-2)).toEqual([
    { window: newest - 2, origin: 73, length: 10 },
    { window: newest - 1, origin: 83, length: 10 },
  ]);
  expect(windowPlaces(seriesOf(wave(40, 7), 0), plan).at(-1)?.window).toBeLessThan(0);
});

test('an item too short for the horizon is tested on its last third', () => {
  const { plan } = planOf([wave(100, 7)], day, { horizon: 30 });
  expect(windowPlaces({ ...seriesOf(wave(12, 7), 0), first: 88 }, plan)).toMatchObject([{ origin: 8, length: 4 }]);
  expect(windowPlaces({ ...seriesOf(wave(3, 7), 0), first: 97 }, plan)).toEqual([]);
});

test('where the usual history is too short for the horizon, windows are a third of it for all', () => {
  const { plan } = planOf([wave(21, 7), wave(21, 7, 1)], day, { horizon: 30 });
  expect(plan.windowLength).toBe(7);
  expect(windowPlaces(seriesOf(wave(21, 7), 0), plan).at(-1)).toMatchObject({ origin: 14, length: 7 });
});

test('what a window is tested on decides on nothing', () => {
  const values = wave(60, 7);
  const changed = values.map((value, t) => (t < 52 ? value : -1000 * t));
  expect(planOf([changed], day).plan).toEqual(planOf([values], day).plan);
});

test('the facts of chunks come out the same in any order', () => {
  const schema = { frequency: day };
  const facts = [wave(60, 7), wave(30, 7, 1), [0, 0], [4]].map((values, i) =>
    panelFacts([seriesOf(values, i)], schema, { horizon: 4 }),
  );
  expect(mergeFacts(facts)).toEqual(mergeFacts(facts.toReversed()));
});
