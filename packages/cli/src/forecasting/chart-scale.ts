/** A linear map from values to coordinates. */
export interface ChartScale {
  (value: number): number;
  readonly low: number;
  readonly high: number;
}

/**
 * Maps the finite ones of `values` into a range of coordinates; one value alone comes into its middle.
 *
 * @param range coordinates of the lowest and the highest value
 */
export function chartScale(values: readonly number[], [from, to]: readonly [number, number]): ChartScale {
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), finite[0] ?? 0);
  const high = finite.reduce((most, value) => Math.max(most, value), finite[0] ?? 0);
  const place = (value: number): number =>
    high > low ? from + ((value - low) / (high - low)) * (to - from) : (from + to) / 2;
  return Object.assign(place, { low, high });
}

/** Round values within bounds, about so many: their step is 1, 2 or 5 times a power of ten. */
export function ticksBetween(low: number, high: number, about: number): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}
