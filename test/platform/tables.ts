/** A linear congruential generator: the same rows in each run. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Points on a plane with a little noise: linear learns it, a baseline does not. */
export function planeCsv(rows: number, seed = 1): string {
  const next = numbers(seed);
  const lines = Array.from({ length: rows }, () => {
    const [x, y] = [next() * 10, next() * 10];
    return `${x.toFixed(3)},${y.toFixed(3)},${(3 * x - 2 * y + next() / 10).toFixed(3)}`;
  });
  return ['x,y,z', ...lines, ''].join('\n');
}
