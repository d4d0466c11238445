/** A column that keeps less than this share of its length beside those before it depends on them. */
const DEPENDENT = 1e-12;

const lengthFrom = (column: Float64Array, from: number): number => {
  let squares = 0;
  for (let i = from; i < column.length; i++) squares += (column[i] as number) ** 2;
  return Math.sqrt(squares);
};

/** Reflects `column` from row `from` on in the plane across `reflector`; `half` is half the reflector's squared length. */
const reflect = (column: Float64Array, reflector: Float64Array, from: number, half: number): void => {
  let product = 0;
  for (let i = from; i < column.length; i++) product += (reflector[i] as number) * (column[i] as number);
  const factor = product / half;
  for (let i = from; i < column.length; i++) column[i] = (column[i] as number) - factor * (reflector[i] as number);
};

/**
 * Coefficients that minimise ‖target − Σ coefficient · column‖², by Householder reflections.
 *
 * @param columns as long as `target`, at most as many as it has values; a column that depends on those before it gets 0
 */
export const leastSquares = (columns: readonly Float64Array[], target: Float64Array): Float64Array => {
  const a = columns.map((column) => column.slice());
  const b = target.slice();
  const diagonal = new Float64Array(a.length);
  for (const [k, reflector] of a.entries()) {
    const rest = lengthFrom(reflector, k);
    if (rest <= DEPENDENT * lengthFrom(columns[k] as Float64Array, 0)) continue;
    const head = reflector[k] as number;
    const pivot = head > 0 ? -rest : rest;
    diagonal[k] = pivot;
    reflector[k] = head - pivot;
    for (const other of [...a.slice(k + 1), b]) reflect(other, reflector, k, rest * rest - head * pivot);
  }
  const coefficients = new Float64Array(a.length);
  for (let k = a.length - 1; k >= 0; k--) {
    if (diagonal[k] === 0) continue;
    let rest = b[k] as number;
    for (let j = k + 1; j < a.length; j++) rest -= ((a[j] as Float64Array)[k] as number) * (coefficients[j] as number);
    coefficients[k] = rest / (diagonal[k] as number);
  }
  return coefficients;
};
