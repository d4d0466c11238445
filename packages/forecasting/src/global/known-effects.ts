import { type RatioScale, toRatio } from './ratio-scale.ts';
import type { SeriesView } from './series-view.ts';

/** Columns with more values than that are amounts, and trees split them by themselves. */
const mostValues = 12;

/** Mean ratio of the target to its base over the periods before an origin at which a known column had a value. */
export type KnownEffect = (value: number, origin: number) => number;

const never: KnownEffect = () => Number.NaN;

/**
 * What a promotion or a holiday has done to this very item so far, which all items together cannot tell.
 *
 * @param column of the series' known ones
 */
export const knownEffect = ({ series, footing }: SeriesView, column: number, scale: RatioScale): KnownEffect => {
  const { values } = series;
  const known = (series.known[column] ?? new Float64Array(0)).subarray(0, values.length);
  const distinct = [...new Set(known)].filter((value) => !Number.isNaN(value));
  if (distinct.length > mostValues || distinct.length < 2) return never;
  const tables = new Map(
    distinct.map((value) => [
      value,
      { sums: new Float64Array(values.length + 1), counts: new Float64Array(values.length + 1) },
    ]),
  );
  for (let i = 0; i < values.length; i++) {
    const before = footing(i);
    const value = values[i] as number;
    const ratio = before === undefined ? Number.NaN : toRatio(value, before.base, before.spread, scale);
    for (const [at, { sums, counts }] of tables) {
      const counted = at === known[i] && !Number.isNaN(ratio);
      sums[i + 1] = (sums[i] as number) + (counted ? ratio : 0);
      counts[i + 1] = (counts[i] as number) + (counted ? 1 : 0);
    }
  }
  return (value, origin) => {
    const table = tables.get(value);
    const count = table?.counts[origin] ?? 0;
    return count === 0 ? Number.NaN : (table?.sums[origin] as number) / count;
  };
};
