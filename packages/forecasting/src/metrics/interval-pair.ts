/** Positions of the lower and the upper quantile of a central interval among the levels, and its nominal coverage. */
export interface IntervalPair {
  readonly lower: number;
  readonly upper: number;
  readonly nominal: number;
}

const SAME = 1e-9;

/** The widest pair of levels that leaves as much below as above; `undefined` where no two levels do. */
export const widestPair = (levels: readonly number[]): IntervalPair | undefined =>
  levels
    .flatMap((low, lower) =>
      levels.flatMap((high, upper) =>
        low < high && Math.abs(low + high - 1) < SAME ? [{ lower, upper, nominal: high - low }] : [],
      ),
    )
    .reduce<IntervalPair | undefined>((best, pair) => (best && best.nominal >= pair.nominal ? best : pair), undefined);
