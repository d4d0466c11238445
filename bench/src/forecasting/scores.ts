import type { TableRow } from './collection.ts';

/** One contestant's forecasts of an item: by step. */
export interface ItemForecasts {
  readonly mean: readonly number[];
  /** ends of the 80 % interval */
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Scores of one contestant on one collection and hold-out. */
export interface Scores {
  readonly mase: number;
  /** weighted quantile loss, mean of 0.1, 0.5 and 0.9, divided by the sum of what came */
  readonly wql: number;
  readonly coverage: number;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const pinball = (actual: number, forecast: number, level: number): number =>
  actual >= forecast ? level * (actual - forecast) : (1 - level) * (forecast - actual);

const scaleOf = (history: readonly number[], season: number): number => {
  const lag = history.length > season ? season : 1;
  return mean(history.slice(lag).map((value, i) => Math.abs(value - (history[i] as number))));
};

/**
 * Scores forecasts of one hold-out: MASE as the mean over items, quantile losses and coverage over all values.
 *
 * @param cut values after the hold-out, of each item
 */
export const scoresOf = (
  table: ReadonlyMap<string, readonly TableRow[]>,
  forecasts: ReadonlyMap<string, ItemForecasts>,
  { season, horizon, cut }: { readonly season: number; readonly horizon: number; readonly cut: number },
): Scores => {
  const errors: number[] = [];
  let losses = 0;
  let sizes = 0;
  let inside = 0;
  let steps = 0;
  for (const [item, rows] of table) {
    const forecast = forecasts.get(item);
    const origin = rows.length - cut - horizon;
    const values = rows.map(({ y }) => y);
    const actual = values.slice(origin, origin + horizon);
    const at = (list: readonly number[] | undefined, step: number) => list?.[step] ?? Number.NaN;
    const scale = scaleOf(values.slice(0, origin), season);
    if (scale > 0) errors.push(mean(actual.map((value, step) => Math.abs(value - at(forecast?.mean, step)))) / scale);
    for (const [step, value] of actual.entries()) {
      const middle = at(forecast?.mean, step);
      const [low, high] = [at(forecast?.low, step), at(forecast?.high, step)];
      losses += (2 / 3) * (pinball(value, low, 0.1) + pinball(value, middle, 0.5) + pinball(value, high, 0.9));
      sizes += Math.abs(value);
      inside += Number(value >= low && value <= high);
      steps++;
    }
  }
  return { mase: mean(errors), wql: losses / sizes, coverage: inside / steps };
};

/** Reads what a contestant wrote: unique_id, step, mean, low, high. */
export const readForecasts = (csv: string): Map<string, ItemForecasts> => {
  const found = new Map<string, { mean: number[]; low: number[]; high: number[] }>();
  for (const line of csv.trimEnd().split('\n').slice(1)) {
    const [item = '', step, middle, low, high] = line.split(',');
    const entry = found.get(item) ?? { mean: [], low: [], high: [] };
    const number = (text: string | undefined) => (text === undefined || text === '' ? Number.NaN : Number(text));
    entry.mean[Number(step)] = number(middle);
    entry.low[Number(step)] = number(low);
    entry.high[Number(step)] = number(high);
    found.set(item, entry);
  }
  return found;
};
