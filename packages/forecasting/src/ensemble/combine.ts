import { baselineName } from '../plan/model-names.ts';

/** Whose forecasts count: members with a weight that are there; without any the seasonal naive, or whoever is there. */
const speakers = (
  forecasts: Readonly<Record<string, Float64Array>>,
  weights: Readonly<Record<string, number>>,
): Record<string, number> => {
  const present = Object.entries(weights).filter(([name, weight]) => weight > 0 && forecasts[name] !== undefined);
  if (present.length > 0) return Object.fromEntries(present);
  if (forecasts[baselineName] !== undefined) return { [baselineName]: 1 };
  return Object.fromEntries(Object.keys(forecasts).map((name) => [name, 1]));
};

/**
 * Weighted mean of forecasts. Members that are missing leave their weight to the others; without any it is the seasonal
 * naive.
 *
 * @param length steps
 */
export const combine = (
  forecasts: Readonly<Record<string, Float64Array>>,
  weights: Readonly<Record<string, number>>,
  length: number,
): Float64Array => {
  const shares = Object.entries(speakers(forecasts, weights));
  const total = shares.reduce((sum, [, weight]) => sum + weight, 0);
  return Float64Array.from({ length }, (_, step) =>
    shares.reduce((sum, [name, weight]) => sum + (weight / total) * (forecasts[name]?.[step] as number), 0),
  );
};
