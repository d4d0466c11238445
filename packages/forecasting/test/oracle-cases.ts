import { readFileSync } from 'node:fs';

/** One series and what statsforecast says of it, recorded by `scripts/make-oracle-fixtures.py`. */
export interface OracleCase {
  readonly name: string;
  readonly seasonLength: number;
  readonly history: readonly number[];
  /** By model; null where statsforecast gives NaN. */
  readonly forecasts: Readonly<Record<string, readonly (number | null)[]>>;
  readonly notes: { readonly ets?: string; readonly arima?: readonly number[]; readonly 'arima-aicc'?: number };
}

export const readFixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'));

export const oracleCases = readFixture('forecasts.json') as readonly OracleCase[];

/** Largest difference over the horizon as a share of the history's mean absolute value. */
export const relativeDifference = (oracle: OracleCase, model: string, ours: Float64Array): number => {
  const level = oracle.history.reduce((sum, value) => sum + Math.abs(value), 0) / oracle.history.length;
  const theirs = oracle.forecasts[model] ?? [];
  return Math.max(...theirs.map((value, step) => Math.abs((value ?? Number.NaN) - (ours[step] ?? Number.NaN)))) / level;
};
