import { createPredictor, type Predictor } from '@bellwether/boosting';
import type { CalendarFields } from '../frequency/calendar.ts';
import { calendarOf } from '../frequency/calendar.ts';
import type { PanelSchema, Series } from '../panel/series.ts';
import type { ForecastPlan } from '../plan/forecast-plan.ts';
import type { GlobalModel } from './global-model.ts';
import { fromRatio } from './ratio-scale.ts';
import { featureWriter } from './write-features.ts';

/** Rows that are scored at once. */
const blockRows = 8192;

interface Scorer {
  readonly model: GlobalModel;
  readonly predictor: Predictor;
  readonly calendar: (index: number) => CalendarFields;
}

/** One step after the other, each with the forecasts before it as if they had happened. */
const recursive = (
  { model, predictor, calendar }: Scorer,
  series: Series,
  origin: number,
  horizon: number,
): Float64Array | undefined => {
  const { layout } = model;
  const row = new Float32Array(layout.names.length);
  const out = new Float64Array(1);
  const values = new Float64Array(origin + horizon).fill(Number.NaN);
  values.set(series.values.subarray(0, origin));
  for (let step = 0; step < horizon; step++) {
    const { view, write } = featureWriter({ ...series, values: values.subarray(0, origin + step) }, layout, calendar);
    const footing = view.footing(origin + step);
    if (footing === undefined) return undefined;
    write(origin + step, footing, 1, row, 0);
    predictor.predict(row, 0, out, 0);
    values[origin + step] = fromRatio(out[0] as number, footing.base, footing.spread, layout.scale);
  }
  return values.slice(origin);
};

/** All steps of some series at once. */
const direct = (
  { model, predictor, calendar }: Scorer,
  list: readonly { readonly series: Series; readonly origin: number }[],
  horizon: number,
): (Float64Array | undefined)[] => {
  const { layout } = model;
  const width = layout.names.length;
  const rows = new Float32Array(list.length * horizon * width);
  const footings = list.map(({ series, origin }, i) => {
    const { view, write } = featureWriter({ ...series, values: series.values.subarray(0, origin) }, layout, calendar);
    const footing = view.footing(origin);
    if (footing === undefined) return undefined;
    for (let step = 1; step <= horizon; step++) write(origin, footing, step, rows, (i * horizon + step - 1) * width);
    return footing;
  });
  const scores = predictor.predictRows({ values: rows, rows: list.length * horizon, columns: width });
  return footings.map(
    (footing, i) =>
      footing &&
      Float64Array.from({ length: horizon }, (_, step) =>
        fromRatio(scores[i * horizon + step] as number, footing.base, footing.spread, layout.scale),
      ),
  );
};

/**
 * Forecasts of a global model.
 *
 * @param origins values of each series that are known; undefined where no forecast is wanted
 * @returns by series `horizon` values, undefined where there is nothing to start from
 */
export const globalForecasts = (
  model: GlobalModel,
  schema: PanelSchema,
  series: readonly Series[],
  plan: ForecastPlan,
  origins: readonly (number | undefined)[],
): (Float64Array | undefined)[] => {
  const scorer = { model, predictor: createPredictor(model.booster), calendar: calendarOf(schema.frequency) };
  const wanted = series.flatMap((one, place) => {
    const origin = origins[place];
    return origin === undefined || origin < 1 ? [] : [{ place, series: one, origin }];
  });
  const found: (Float64Array | undefined)[] = series.map(() => undefined);
  const atOnce = Math.max(1, Math.floor(blockRows / plan.horizon));
  const isRecursive = plan.boostedTrees?.strategy === 'recursive';
  for (let start = 0; start < wanted.length; start += atOnce) {
    const block = wanted.slice(start, start + atOnce);
    const forecasts = isRecursive
      ? block.map((one) => recursive(scorer, one.series, one.origin, plan.horizon))
      : direct(scorer, block, plan.horizon);
    for (const [i, { place }] of block.entries()) found[place] = forecasts[i];
  }
  return found;
};
