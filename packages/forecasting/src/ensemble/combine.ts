/**
 * Weighted mean of forecasts. Members that are missing leave their weight to the others; without any, the forecast of
 * whoever is there.
 *
 * @param length steps
 */
export const combine = (
  forecasts: Readonly<Record<string, Float64Array>>,
  weights: Readonly<Record<string, number>>,
  length: number,
): Float64Array => {
  const present = Object.keys(weights).filter((name) => forecasts[name] !== undefined);
  const names = present.length > 0 ? present : Object.keys(forecasts);
  const total = names.reduce((sum, name) => sum + (weights[name] ?? 1), 0);
  return Float64Array.from({ length }, (_, step) =>
    names.reduce((sum, name) => sum + ((weights[name] ?? 1) / total) * (forecasts[name]?.[step] as number), 0),
  );
};
