import type { FrameColumn } from '@bellwether/contracts';
import { categoriesOf } from './column-values.ts';
import type { CategoricalEncoding } from './encoding.ts';
import type { Preparation } from './preparation.ts';

interface LevelCount {
  readonly level: string;
  readonly count: number;
}

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const mostFrequentFirst = (a: LevelCount, b: LevelCount): number => b.count - a.count || byCodeUnits(a.level, b.level);

const countLevels = (column: FrameColumn, rows: Int32Array): { levels: LevelCount[]; missing: number } => {
  const { codes, levels } = categoriesOf(column);
  const counts = new Int32Array(levels.length);
  let missing = 0;
  for (const row of rows) {
    const code = codes[row] as number;
    if (code < 0) missing++;
    else counts[code] = (counts[code] as number) + 1;
  }
  const seen = levels.map((level, code) => ({ level, count: counts[code] as number })).filter(({ count }) => count > 0);
  return { levels: seen.sort(mostFrequentFirst), missing };
};

/**
 * The encoding of a categorical column as the training rows have it; undefined when all of them are missing. Levels
 * are sorted by code units, so that the codes of the frame at hand do not matter. As scikit-learn's `OneHotEncoder`
 * with `max_categories` and `handle_unknown="infrequent_if_exist"`.
 */
export const fitCategorical = (
  column: FrameColumn,
  rows: Int32Array,
  preparation: Preparation,
): CategoricalEncoding | undefined => {
  const { levels: counted, missing } = countLevels(column, rows);
  const [top] = counted;
  if (top === undefined) return undefined;
  const hasRare = counted.length > preparation.maxLevels;
  const kept = hasRare ? counted.slice(0, Math.max(0, preparation.maxLevels - 1)) : counted;
  const levels = kept.map(({ level }) => level).sort(byCodeUnits);
  const otherSlot = hasRare ? levels.length : -1;
  const topSlot = kept.length > 0 ? levels.indexOf(top.level) : otherSlot;
  // an ordinal learner that cannot take NaN sees an unknown level as the most frequent one
  const unseenSlot = otherSlot < 0 && preparation.categories === 'ordinal' && preparation.impute ? topSlot : otherSlot;
  const ownSlot = missing > 0 && preparation.missingCategory === 'own-slot';
  const slots = levels.length + (hasRare ? 1 : 0);
  const fallbackSlot = preparation.missingCategory === 'most-frequent' ? topSlot : unseenSlot;
  return {
    type: preparation.categories,
    levels,
    slots: ownSlot ? slots + 1 : slots,
    unseenSlot,
    missingSlot: ownSlot ? slots : fallbackSlot,
  };
};
