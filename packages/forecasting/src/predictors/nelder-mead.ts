/** The box of a search, and when it ends. */
export interface NelderMeadOptions {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Ends once the standard deviation of the simplex's values is below this. */
  readonly tolerance: number;
  readonly iterations: number;
}

/** A function of a point that must not keep its argument, which is overwritten; NaN counts as infinitely bad. */
export type Objective = (point: Float64Array) => number;

const INITIAL_STEP = 0.05;
/** First step of a coordinate that starts at zero, where a relative step would not move. */
const STEP_FROM_ZERO = 1e-4;

const clamp = (value: number, lower: number, upper: number): number => Math.min(Math.max(value, lower), upper);

const startSimplex = (start: Float64Array, { lower, upper }: NelderMeadOptions): Float64Array[] => {
  const inside = start.map((value, i) => clamp(value, lower[i] as number, upper[i] as number));
  return Array.from({ length: start.length + 1 }, (_, vertex) => {
    const point = inside.slice();
    const value = point[vertex];
    if (value !== undefined) {
      const moved = value === 0 ? STEP_FROM_ZERO : value * (1 + INITIAL_STEP);
      point[vertex] = clamp(moved, lower[vertex] as number, upper[vertex] as number);
    }
    return point;
  });
};

const standardDeviation = (values: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += ((values[i] as number) - mean) ** 2;
  return Math.sqrt(squares / values.length);
};

/**
 * Minimises `objective` within a box by the simplex of Nelder and Mead with the dimension-dependent coefficients of
 * Gao and Han (2012); points are clamped to the box. The first simplex and the stopping rule are statsforecast's, so
 * that searches which end early end in the same place.
 *
 * @returns the best point
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: the steps share one simplex that they swap points in
export const nelderMead = (objective: Objective, start: Float64Array, options: NelderMeadOptions): Float64Array => {
  const { lower, upper, tolerance, iterations } = options;
  const n = start.length;
  const expand = 1 + 2 / n;
  const contract = 0.75 - 1 / (2 * n);
  const shrink = 1 - 1 / n;
  const simplex = startSimplex(start, options);
  const valueAt = (point: Float64Array): number => {
    const value = objective(point);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  const values = Float64Array.from(simplex, valueAt);
  const centroid = new Float64Array(n);
  let reflected = new Float64Array(n);
  let tried = new Float64Array(n);
  let best = 0;

  /** Writes centroid + factor · (towards − centroid) into `into`, clamped. */
  const step = (into: Float64Array, factor: number, towards: Float64Array): number => {
    for (let i = 0; i < n; i++) {
      const centre = centroid[i] as number;
      const value = centre + factor * ((towards[i] as number) - centre);
      into[i] = clamp(value, lower[i] as number, upper[i] as number);
    }
    return valueAt(into);
  };

  for (let iteration = 0; iteration < iterations; iteration++) {
    let worst = 0;
    best = 0;
    for (let i = 1; i <= n; i++) {
      if ((values[i] as number) < (values[best] as number)) best = i;
      if ((values[i] as number) >= (values[worst] as number)) worst = i;
    }
    if (standardDeviation(values) < tolerance) break;
    let secondWorst = best;
    for (let i = 0; i <= n; i++) {
      if (i !== worst && (values[i] as number) >= (values[secondWorst] as number)) secondWorst = i;
    }

    const worstPoint = simplex[worst] as Float64Array<ArrayBuffer>;
    centroid.fill(0);
    for (let i = 0; i <= n; i++) {
      if (i === worst) continue;
      const point = simplex[i] as Float64Array;
      for (let j = 0; j < n; j++) centroid[j] = (centroid[j] as number) + (point[j] as number);
    }
    for (let j = 0; j < n; j++) centroid[j] = (centroid[j] as number) / n;

    const atReflected = step(reflected, -1, worstPoint);
    const atWorst = values[worst] as number;
    if (atReflected < (values[best] as number)) {
      const atExpanded = step(tried, expand, reflected);
      if (atExpanded < atReflected) {
        simplex[worst] = tried;
        tried = worstPoint;
        values[worst] = atExpanded;
      } else {
        simplex[worst] = reflected;
        reflected = worstPoint;
        values[worst] = atReflected;
      }
      continue;
    }
    if (atReflected < (values[secondWorst] as number)) {
      simplex[worst] = reflected;
      reflected = worstPoint;
      values[worst] = atReflected;
      continue;
    }
    const outside = atReflected < atWorst;
    const atContracted = step(tried, outside ? contract : -contract, reflected);
    if (outside ? atContracted <= atReflected : atContracted < atWorst) {
      simplex[worst] = tried;
      tried = worstPoint;
      values[worst] = atContracted;
      continue;
    }
    const bestPoint = simplex[best] as Float64Array;
    for (let i = 0; i <= n; i++) {
      if (i === best) continue;
      const point = simplex[i] as Float64Array;
      for (let j = 0; j < n; j++) {
        const towards = bestPoint[j] as number;
        point[j] = clamp(towards + shrink * ((point[j] as number) - towards), lower[j] as number, upper[j] as number);
      }
      values[i] = valueAt(point);
    }
  }
  return simplex[best] as Float64Array;
};
