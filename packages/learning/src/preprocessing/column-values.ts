import { type ColumnKind, type FrameColumn, Problem } from '@bellwether/contracts';
import { numberOf } from './cell-values.ts';
import { type CategoricalEncoding, createSlotLookup } from './encoding.ts';

/**
 * The column as numbers, one a row, NaN when missing. A later table may hold text where the trained one held numbers;
 * it is accepted when each of its strings can be read as such a number.
 * @throws Problem `column-type-mismatch`
 */
export const numbersOf = (column: FrameColumn, kind: ColumnKind): Float64Array => {
  if (column.type === 'numeric') return column.values;
  const values = Float64Array.from(column.levels, (level) => {
    const value = numberOf(kind, level === '' ? null : level);
    if (value === undefined) {
      throw new Problem(422, 'column-type-mismatch', `Column "${column.name}" holds "${level}", which is no ${kind}.`, {
        field: column.name,
        cure: `Send ${kind} values in column "${column.name}", as in the table that trained the model.`,
      });
    }
    return value;
  });
  return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : (values[code] as number)));
};

/** The column's levels, and the code of each row into them: numbers count as the strings that JavaScript writes. */
export const categoriesOf = (column: FrameColumn): { codes: Int32Array; levels: readonly string[] } => {
  if (column.type === 'categorical') return column;
  const codeOf = new Map<number, number>();
  const codes = Int32Array.from(column.values, (value) => {
    if (!Number.isFinite(value)) return -1;
    const code = codeOf.get(value) ?? codeOf.size;
    codeOf.set(value, code);
    return code;
  });
  return { codes, levels: Array.from(codeOf.keys(), String) };
};

/** The slot of each row, as the encoding has them. */
export const slotsOf = (column: FrameColumn, encoding: CategoricalEncoding): Int32Array => {
  const { codes, levels } = categoriesOf(column);
  const slots = Int32Array.from(levels, createSlotLookup(encoding));
  return codes.map((code) => (code < 0 ? encoding.missingSlot : (slots[code] as number)));
};
