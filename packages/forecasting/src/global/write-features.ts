import type { CalendarFields } from '../frequency/calendar.ts';
import type { Series } from '../panel/series.ts';
import type { CalendarFeature, FeatureLayout } from './feature-layout.ts';
import { type KnownEffect, knownEffect } from './known-effects.ts';
import { toRatio } from './ratio-scale.ts';
import { type Footing, type SeriesView, viewSeries } from './series-view.ts';

/** Writes the features of one forecast: from values before the origin, and known columns of any time. */
export interface FeatureWriter {
  readonly view: SeriesView;
  /**
   * @param footing of that origin
   * @param step 1 is the period at the origin
   */
  readonly write: (origin: number, footing: Footing, step: number, out: Float32Array, at: number) => void;
}

const calendarValue = (fields: CalendarFields, feature: CalendarFeature): number =>
  feature === 'minuteOfDay' ? 60 * fields.hour + fields.minute : fields[feature];

/** NaN where all are missing. */
const rangeOf = (values: Float64Array, from: number, to: number): { low: number; high: number } => {
  let low = Number.NaN;
  let high = Number.NaN;
  for (let i = from; i < to; i++) {
    const value = values[i] as number;
    if (!(value >= low)) low = Number.isNaN(value) ? low : value;
    if (!(value <= high)) high = Number.isNaN(value) ? high : value;
  }
  return { low, high };
};

/** Reads a value before the origin as a ratio to the base. */
type Look = (index: number) => number;

const seasonFeatures = (
  look: Look,
  view: SeriesView,
  origin: number,
  step: number,
  season: number,
  layout: FeatureLayout,
): number[] => {
  const { values } = view.series;
  const target = origin + step - 1;
  const back = season * Math.ceil(step / season);
  const ratio = (ago: number): number => {
    const footing = view.footing(origin - ago);
    return footing === undefined
      ? Number.NaN
      : toRatio(values[target - ago] as number, footing.base, footing.spread, layout.scale);
  };
  let sum = 0;
  let count = 0;
  const ratios = [0, 1, 2, 3].map((cycle) => {
    const ago = back + cycle * season;
    const found = target - ago >= 0 && origin - ago > 0 ? ratio(ago) : Number.NaN;
    if (!Number.isNaN(found)) {
      sum += found;
      count++;
    }
    return found;
  });
  return [
    look(target - back),
    look(target - back - season),
    look(target - back - 1),
    target - back + 1 < origin ? look(target - back + 1) : Number.NaN,
    ratios[0] as number,
    ratios[1] as number,
    count === 0 ? Number.NaN : sum / count,
  ];
};

const knownFeatures = (
  known: Float64Array,
  effect: KnownEffect,
  origin: number,
  target: number,
  layout: FeatureLayout,
): number[] => {
  const now = known[target] ?? Number.NaN;
  const from = Math.max(0, origin - layout.window);
  let sum = 0;
  let count = 0;
  for (let i = from; i < origin && i < known.length; i++) {
    if (Number.isNaN(known[i])) continue;
    sum += known[i] as number;
    count++;
  }
  return [
    now,
    known[target - 1] ?? Number.NaN,
    known[target + 1] ?? Number.NaN,
    count === 0 ? Number.NaN : now - sum / count,
    known[target - (layout.seasons.at(-1) ?? 1)] ?? Number.NaN,
    effect(now, origin),
  ];
};

/**
 * @param calendar of period indices
 */
export const featureWriter = (
  series: Series,
  layout: FeatureLayout,
  calendar: (index: number) => CalendarFields,
): FeatureWriter => {
  const { scale, window } = layout;
  const view = viewSeries(series, window, scale);
  const effects = series.known.map((_, column) => knownEffect(view, column, scale));
  const { values } = series;

  const write: FeatureWriter['write'] = (origin, { base, spread }, step, out, at) => {
    let place = at;
    const put = (value: number | undefined) => {
      out[place++] = value ?? Number.NaN;
    };
    const ratioOf = (value: number) => toRatio(value, base, spread, scale);
    const look: Look = (index) => (index < 0 || index >= origin ? Number.NaN : ratioOf(values[index] as number));
    put(step);
    for (let lag = 1; lag <= layout.lags; lag++) put(look(origin - lag));
    for (const length of layout.means) put(ratioOf(view.mean(origin - length, origin)));
    const { low, high } = rangeOf(values, Math.max(0, origin - window), origin);
    const unit = scale === 'linear' ? spread : base;
    put(view.deviation(origin - window, origin) / unit);
    put(ratioOf(low));
    put(ratioOf(high));
    put(view.deviation(0, origin) / unit);
    put(view.zeroShare(origin - 2 * window, origin));
    put(Math.log(origin));
    put(scale === 'linear' ? Number.NaN : Math.log(base));
    put(ratioOf(view.mean(origin - 2 * window, origin - window)));
    for (const season of layout.seasons) seasonFeatures(look, view, origin, step, season, layout).forEach(put);
    const target = origin + step - 1;
    const fields = calendar(series.first + target);
    for (const feature of layout.calendar) put(calendarValue(fields, feature));
    series.known.forEach((known, column) => {
      knownFeatures(known, effects[column] as KnownEffect, origin, target, layout).forEach(put);
    });
    series.attributes.forEach(put);
  };
  return { view, write };
};
