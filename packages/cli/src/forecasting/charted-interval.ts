export interface ChartedInterval {
  readonly lower: number;
  readonly upper: number;
  readonly name: string;
}

const same = 1e-9;

/**
 * The central interval that a chart shows: that of 80 %, else the widest there is.
 *
 * @param levels of the quantiles, between 0 and 1
 * @returns undefined where no two of them leave as much below as above
 */
export function chartedInterval(levels: readonly number[]): ChartedInterval | undefined {
  const pairs = levels.flatMap((lower) => {
    const upper = levels.find((level) => Math.abs(lower + level - 1) < same);
    return upper === undefined || lower >= upper ? [] : [{ lower, upper, share: upper - lower }];
  });
  const widest = pairs.toSorted((a, b) => b.share - a.share)[0];
  const found = pairs.find(({ share }) => Math.abs(share - 0.8) < same) ?? widest;
  if (found === undefined) return undefined;
  const { lower, upper, share } = found;
  return { lower, upper, name: `${Number((100 * share).toFixed(4))} % interval` };
}
