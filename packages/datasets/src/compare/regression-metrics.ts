import type { Metrics } from '@bellwether/contracts';
import type { z } from 'zod';
import { queryRow } from '../duckdb/measure-columns.ts';
import type { Session } from '../duckdb/session.ts';
import { pairs } from './pair-rows.ts';

/**
 * Scores of the pairs by the formulas of `sklearn.metrics`, summed with Kahan's compensation. `r2` is absent for a
 * single row, and for a constant truth 1 when it is met exactly, else 0; `rmsle` is absent when anything is negative.
 */
export async function regressionMetrics({ connection }: Session): Promise<z.infer<typeof Metrics>> {
  const [rows, mse, mae, variance, least, msle] = (
    await queryRow(
      connection,
      `SELECT count(*), favg((predicted - actual) ** 2), favg(abs(predicted - actual)), var_pop(actual),
         min(least(predicted, actual)), favg((ln(1 + greatest(predicted, 0)) - ln(1 + greatest(actual, 0))) ** 2)
       FROM ${pairs}`,
    )
  ).map(Number) as [number, number, number, number, number, number];
  return {
    rmse: Math.sqrt(mse),
    mae,
    mse,
    ...(rows > 1 ? { r2: explained(mse, variance) } : {}),
    ...(least >= 0 ? { rmsle: Math.sqrt(msle) } : {}),
  };
}

function explained(mse: number, variance: number): number {
  if (variance > 0) return 1 - mse / variance;
  return mse === 0 ? 1 : 0;
}
