import type { ColumnKind, FrameColumn } from '@bellwether/contracts';
import { numbersOf } from './column-values.ts';
import type { NumericEncoding } from './encoding.ts';
import type { Preparation } from './preparation.ts';
import { centerAndScale, median, mode } from './statistics.ts';

/**
 * The encoding of a numeric column as the training rows have it; undefined when all of them are missing. Centre and
 * scale are those of the filled column, as in scikit-learn's `SimpleImputer` followed by `StandardScaler`.
 */
export const fitNumeric = (
  column: FrameColumn,
  kind: ColumnKind,
  rows: Int32Array,
  preparation: Preparation,
): NumericEncoding | undefined => {
  const values = numbersOf(column, kind);
  const inTraining = Float64Array.from(rows, (row) => values[row] as number);
  const present = inTraining.filter(Number.isFinite);
  if (present.length === 0) return undefined;
  const middle = kind === 'boolean' ? mode(present) : median(present);
  const fill = preparation.impute ? middle : null;
  const indicator = preparation.missingIndicators && present.length < inTraining.length;
  if (!preparation.scale) return { type: 'numeric', fill, center: 0, scale: 1, indicator };
  const filled = fill === null ? present : inTraining.map((value) => (Number.isFinite(value) ? value : fill));
  return { type: 'numeric', fill, ...centerAndScale(filled), indicator };
};
