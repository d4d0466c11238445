import { arima } from './arima/arima.ts';
import { ces } from './ces/ces.ts';
import { drift } from './drift.ts';
import { ets } from './ets/ets.ts';
import { historicMean } from './historic-mean.ts';
import { holtWinters } from './holt-winters/holt-winters.ts';
import { croston, crostonSba } from './intermittent/croston.ts';
import { tsb } from './intermittent/tsb.ts';
import { mstl, mstlTheta } from './mstl/mstl.ts';
import { naive } from './naive.ts';
import { npts } from './npts/npts.ts';
import type { Predictor } from './predictor.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { autoTheta, theta } from './theta/theta.ts';

/** All local predictors by name. */
export const predictors: Readonly<Record<string, Predictor>> = Object.fromEntries(
  [
    naive,
    seasonalNaive,
    drift,
    historicMean,
    theta,
    autoTheta,
    ces,
    ets,
    holtWinters,
    mstl,
    mstlTheta,
    arima,
    croston,
    crostonSba,
    tsb,
    npts,
  ].map((predictor) => [predictor.name, predictor]),
);
