import type { FrameColumn } from '@bellwether/contracts';
import { categoriesOf } from './column-values.ts';
import type { CategoricalEncoding } from './encoding.ts';
import type { Preparation } from './preparation.ts';

interface LevelCount {
  readonly level: string;
  readonly count: number;
  /** sum of the target over its rows; 0 where the target has no order */
  readonly sum: number;
}

/** A level's mean counts as if it had so many rows more, of the mean of all: a rare one's says little. */
const pseudoRows = 10;

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const mostFrequentFirst = (a: LevelCount, b: LevelCount): number => b.count - a.count || byCodeUnits(a.level, b.level);

/** By the target's mean, lowest first. */
const orderOf = (counted: readonly LevelCount[]): ((a: LevelCount, b: LevelCount) => number) => {
  const rows = counted.reduce((total, { count }) => total + count, 0);
  const mean = counted.reduce((total, { sum }) => total + sum, 0) / rows;
  const meanOf = ({ count, sum }: LevelCount): number => (sum + pseudoRows * mean) / (count + pseudoRows);
  return (a, b) => meanOf(a) - meanOf(b) || byCodeUnits(a.level, b.level);
};

const countLevels = (
  column: FrameColumn,
  rows: Int32Array,
  y: Float64Array | undefined,
): { levels: LevelCount[]; missing: number } => {
  const { codes, levels } = categoriesOf(column);
  const counts = new Int32Array(levels.length);
  const sums = new Float64Array(levels.length);
  let missing = 0;
  for (const [place, row] of rows.entries()) {
    const code = codes[row] as number;
    if (code < 0) missing++;
    else {
      counts[code] = (counts[code] as number) + 1;
      sums[code] = (sums[code] as number) + (y?.[place] ?? 0);
    }
  }
  const seen = levels
    .map((level, code) => ({ level, count: counts[code] as number, sum: sums[code] as number }))
    .filter(({ count }) => count > 0);
  return { levels: seen.sort(mostFrequentFirst), missing };
};

/**
 * The encoding of a categorical column as the training rows have it; undefined when all of them are missing. Levels
 * are sorted by code units or by the target's mean, so that the codes of the frame at hand do not matter. One-hot as
 * scikit-learn's `OneHotEncoder` with `max_categories` and `handle_unknown="infrequent_if_exist"`.
 *
 * @param y the target of each of `rows`, where it has an order
 */
export const fitCategorical = (
  column: FrameColumn,
  rows: Int32Array,
  preparation: Preparation,
  y?: Float64Array,
): CategoricalEncoding | undefined => {
  const byTarget = preparation.categories === 'by-target' && y !== undefined;
  const { levels: counted, missing } = countLevels(column, rows, byTarget ? y : undefined);
  const [top] = counted;
  if (top === undefined) return undefined;
  const hasRare = counted.length > preparation.maxLevels;
  const kept = hasRare ? counted.slice(0, Math.max(0, preparation.maxLevels - 1)) : counted;
  const levels = (byTarget ? kept.toSorted(orderOf(counted)) : kept).map(({ level }) => level);
  if (!byTarget) levels.sort(byCodeUnits);
  const slots = levels.length + (hasRare ? 1 : 0);
  const otherSlot = hasRare ? levels.length : -1;
  // a place in the order would say what nobody knows: missing is NaN, and so is what training did not see
  if (byTarget) return { type: 'ordinal', levels, slots, unseenSlot: otherSlot, missingSlot: -1 };
  const topSlot = kept.length > 0 ? levels.indexOf(top.level) : otherSlot;
  const type = preparation.categories === 'ordinal' ? 'ordinal' : 'one-hot';
  return { type, levels, ...slotsFor(preparation, type, { slots, otherSlot, topSlot }, missing > 0) };
};

/** Where what has no level of its own goes, in an encoding that knows no order. */
const slotsFor = (
  { impute, missingCategory }: Preparation,
  type: CategoricalEncoding['type'],
  { slots, otherSlot, topSlot }: { slots: number; otherSlot: number; topSlot: number },
  hasMissing: boolean,
): Pick<CategoricalEncoding, 'slots' | 'unseenSlot' | 'missingSlot'> => {
  // an ordinal learner that cannot take NaN sees an unknown level as the most frequent one
  const unseenSlot = otherSlot < 0 && type === 'ordinal' && impute ? topSlot : otherSlot;
  if (hasMissing && missingCategory === 'own-slot') return { slots: slots + 1, unseenSlot, missingSlot: slots };
  return { slots, unseenSlot, missingSlot: missingCategory === 'most-frequent' ? topSlot : unseenSlot };
};
