// biome-ignore-all lint/style/noNonNullAssertion: all arrays have one number a parameter
// looking up a global is slow inside of a vm context, such as a test's
const { sqrt } = Math;
const firstDecay = 0.9;
const secondDecay = 0.999;
const epsilon = 1e-8;

/** Moves the parameters one step against the gradient. */
export type Optimizer = (parameters: Float64Array, gradient: Float64Array, learningRate: number) => void;

/** Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1) with its usual constants. */
export const createAdam = (size: number): Optimizer => {
  const first = new Float64Array(size);
  const second = new Float64Array(size);
  let steps = 0;
  return (parameters, gradient, learningRate) => {
    steps++;
    const correction = Math.sqrt(1 - secondDecay ** steps);
    const rate = (learningRate * correction) / (1 - firstDecay ** steps);
    for (let i = 0; i < size; i++) {
      const slope = gradient[i]!;
      const m = firstDecay * first[i]! + (1 - firstDecay) * slope;
      const v = secondDecay * second[i]! + (1 - secondDecay) * slope * slope;
      first[i] = m;
      second[i] = v;
      parameters[i]! -= (rate * m) / (sqrt(v) + epsilon);
    }
  };
};
