import { nelderMead } from '../nelder-mead.ts';
import { type ThetaLine, type ThetaParameters, thetaRecursion } from './theta-recursion.ts';

/** A Theta model: which line, and whether its weight θ is estimated or the classical 2. */
export interface ThetaModel {
  readonly line: ThetaLine;
  readonly estimatesTheta: boolean;
}

/** The four of Fiorucci et al.: STM, OTM, DSTM and DOTM. */
export const thetaModels: readonly ThetaModel[] = [
  { line: 'static', estimatesTheta: false },
  { line: 'static', estimatesTheta: true },
  { line: 'dynamic', estimatesTheta: false },
  { line: 'dynamic', estimatesTheta: true },
];

/** The dynamic optimised theta model. */
export const dynamicOptimised: ThetaModel = { line: 'dynamic', estimatesTheta: true };

const CLASSICAL_THETA = 2;
/** Far beyond any estimate: bounds that statsforecast has, and which keep the simplex finite. */
const UNBOUNDED = 1e10;

/**
 * Fits initial level, smoothing constant and, where told, θ by least squares of the one-step errors.
 *
 * @param y seasonally adjusted values in units of their size, more than three
 */
export const fitTheta = (
  y: Float64Array,
  model: ThetaModel,
  horizon: number,
): { readonly forecast: Float64Array; readonly squares: number } => {
  const run = thetaRecursion(y, model.line);
  const read = (point: Float64Array): ThetaParameters => ({
    initialLevel: point[0] as number,
    alpha: point[1] as number,
    theta: model.estimatesTheta ? (point[2] as number) : CLASSICAL_THETA,
  });
  const free = model.estimatesTheta ? 3 : 2;
  const best = nelderMead(
    (point) => run(read(point)),
    Float64Array.of((y[0] as number) / 2, 0.5, 2).subarray(0, free),
    {
      lower: Float64Array.of(-UNBOUNDED, 0.1, 1).subarray(0, free),
      upper: Float64Array.of(UNBOUNDED, 0.99, UNBOUNDED).subarray(0, free),
      tolerance: 1e-11,
      iterations: 1000,
    },
  );
  const forecast = new Float64Array(horizon);
  return { squares: run(read(best), forecast), forecast };
};
