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

/** Writes ± matrix · vector; the matrix by rows. */
const multiplyInto = (out: Float64Array, matrix: Float64Array, vector: Float64Array, sign: number): void => {
  const n = vector.length;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += (matrix[i * n + j] as number) * (vector[j] as number);
    out[i] = sign * sum;
  }
};

/** Adds what a step taught about the curvature to the inverse Hessian, by rows. */
const updateInverse = (inverse: Float64Array, step: Float64Array, change: Float64Array, work: Float64Array): void => {
  const n = step.length;
  const curvature = dot(step, change);
  if (!(curvature > 1e-12)) return;
  multiplyInto(work, inverse, change, 1);
  const factor = (1 + dot(change, work) / curvature) / curvature;
  for (let i = 0; i < n; i++) {
    const moved = step[i] as number;
    const product = work[i] as number;
    for (let j = 0; j < n; j++) {
      const both = product * (step[j] as number) + moved * (work[j] as number);
      inverse[i * n + j] = (inverse[i * n + j] as number) + factor * moved * (step[j] as number) - both / curvature;
    }
  }
};

const identity = (n: number, scale: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? scale : 0));

/** Moves `next` to the first of ever shorter steps from `point` that gains enough; returns its value. */
const backtrack = (
  objective: (point: Float64Array) => number,
  point: Float64Array,
  value: number,
  direction: Float64Array,
  slope: number,
  next: Float64Array,
): number => {
  let longest = 0;
  for (let i = 0; i < direction.length; i++) longest = Math.max(longest, Math.abs(direction[i] as number));
  let length = Math.min(1, LONGEST_MOVE / longest);
  let atNext = Number.NaN;
  while (length > SHORTEST_STEP) {
    for (let i = 0; i < point.length; i++) next[i] = (point[i] as number) + length * (direction[i] as number);
    atNext = objective(next);
    if (atNext <= value + SUFFICIENT_DECREASE * length * slope) break;
    length /= 3;
  }
  return atNext;
};

/** Minimises a smooth function of few numbers by BFGS with backtracking. */
export const bfgs = (objective: (point: Float64Array) => number, options: BfgsOptions): Minimum => {
  const { start, tolerance, iterations } = options;
  const n = start.length;
  const point = start.slice();
  let value = objective(point);
  if (n === 0 || !Number.isFinite(value)) return { point, value, inverse: new Float64Array() };
  const gradientAt = options.gradient ?? numericalGradient(objective);
  let gradient = gradientAt(point, value);
  const steepest = (): Float64Array => identity(n, 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))));
  let inverse = options.inverse?.slice() ?? steepest();
  const direction = new Float64Array(n);
  const next = new Float64Array(n);
  const step = new Float64Array(n);
  const change = new Float64Array(n);
  const work = new Float64Array(n);
  for (let iteration = 0; iteration < iterations; iteration++) {
    multiplyInto(direction, inverse, gradient, -1);
    if (dot(direction, gradient) >= 0) {
      inverse = steepest();
      multiplyInto(direction, inverse, gradient, -1);
    }
    const atNext = backtrack(objective, point, value, direction, dot(direction, gradient), next);
    if (!(atNext < value)) break;
    const gained = value - atNext;
    const gradientNext = gradientAt(next, atNext);
    for (let i = 0; i < n; i++) {
      step[i] = (next[i] as number) - (point[i] as number);
      change[i] = (gradientNext[i] as number) - (gradient[i] as number);
    }
    updateInverse(inverse, step, change, work);
    point.set(next);
    value = atNext;
    gradient = gradientNext;
    if (gained < tolerance * (Math.abs(value) + 1)) break;
  }
  return { point, value, inverse };
};
