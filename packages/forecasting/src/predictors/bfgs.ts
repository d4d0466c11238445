/** Step of the forward differences. */
const STEP = 1e-5;
const SUFFICIENT_DECREASE = 1e-4;
const SHORTEST_STEP = 1e-8;
/** Longest first try in one iteration: many of the numbers are squeezed into an interval, flat beyond 3. */
const LONGEST_MOVE = 1;

/** Where a search ended. */
export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  /** Inverse Hessian as far as the search has learnt it, by rows; a similar search may start from it. */
  readonly inverse: Float64Array;
}

/** Where a search begins and ends. */
export interface BfgsOptions {
  /** Gradient at a point whose value is known; called right after the objective at that point. Default numerical. */
  readonly gradient?: (point: Float64Array, value: number) => Float64Array;
  readonly start: Float64Array;
  readonly inverse?: Float64Array;
  /** Ends once an iteration gains less than this share of the value's size (plus 1). */
  readonly tolerance: number;
  readonly iterations: number;
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};

/** The gradient of a function without one of its own, by forward differences. */
export const numericalGradient =
  (objective: (point: Float64Array) => number) =>
  (point: Float64Array, value: number): Float64Array => {
    const moved = point.slice();
    return point.map((coordinate, i) => {
      moved[i] = coordinate + STEP;
      const slope = (objective(moved) - value) / STEP;
      moved[i] = coordinate;
      return slope;
    });
  };

/** Adds what a step taught about the curvature to the inverse Hessian, by rows. */
const updateInverse = (inverse: Float64Array, step: Float64Array, change: Float64Array): void => {
  const n = step.length;
  const curvature = dot(step, change);
  if (!(curvature > 1e-12)) return;
  const product = Float64Array.from({ length: n }, (_, i) => dot(inverse.subarray(i * n, i * n + n), change));
  const factor = (1 + dot(change, product) / curvature) / curvature;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const both = (product[i] as number) * (step[j] as number) + (step[i] as number) * (product[j] as number);
      inverse[i * n + j] =
        (inverse[i * n + j] as number) + factor * (step[i] as number) * (step[j] as number) - both / curvature;
    }
  }
};

const identity = (n: number, scale: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? scale : 0));

/** The first of ever shorter steps that gains enough. */
const backtrack = (
  objective: (point: Float64Array) => number,
  point: Float64Array,
  value: number,
  direction: Float64Array,
  slope: number,
): { readonly next: Float64Array; readonly atNext: number } => {
  let length = Math.min(1, LONGEST_MOVE / Math.max(...direction.map(Math.abs)));
  let next = point;
  let atNext = Number.NaN;
  while (length > SHORTEST_STEP) {
    const taken = length;
    next = point.map((coordinate, i) => coordinate + taken * (direction[i] as number));
    atNext = objective(next);
    if (atNext <= value + SUFFICIENT_DECREASE * length * slope) break;
    length /= 3;
  }
  return { next, atNext };
};

/** Minimises a smooth function of few numbers by BFGS with backtracking. */
export const bfgs = (objective: (point: Float64Array) => number, options: BfgsOptions): Minimum => {
  const { start, tolerance, iterations } = options;
  let point = start;
  let value = objective(point);
  if (start.length === 0 || !Number.isFinite(value)) return { point, value, inverse: new Float64Array() };
  const gradientAt = options.gradient ?? numericalGradient(objective);
  let gradient = gradientAt(point, value);
  const steepest = (): Float64Array => identity(start.length, 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))));
  let inverse = options.inverse?.slice() ?? steepest();
  for (let iteration = 0; iteration < iterations; iteration++) {
    let direction = point.map((_, i) => -dot(inverse.subarray(i * point.length, (i + 1) * point.length), gradient));
    if (dot(direction, gradient) >= 0) {
      inverse = steepest();
      direction = gradient.map((slope, i) => -slope * (inverse[i * (point.length + 1)] as number));
    }
    const { next, atNext } = backtrack(objective, point, value, direction, dot(direction, gradient));
    if (!(atNext < value)) break;
    const gained = value - atNext;
    const gradientNext = gradientAt(next, atNext);
    updateInverse(
      inverse,
      next.map((coordinate, i) => coordinate - (point[i] as number)),
      gradientNext.map((slopeNext, i) => slopeNext - (gradient[i] as number)),
    );
    point = next;
    value = atNext;
    gradient = gradientNext;
    if (gained < tolerance * (Math.abs(value) + 1)) break;
  }
  return { point, value, inverse };
};
