import type { RawColumn } from './raw-rows.ts';
import type { PanelColumn } from './series.ts';

/** More texts than that are names, not categories; the rest is missing. */
const mostCategories = 500;

const isNumbers = (column: RawColumn): column is Float64Array => ArrayBuffer.isView(column);

const textsOf = (column: readonly (string | number | null)[]): string[] =>
  column.flatMap((value) => (typeof value === 'string' && value !== '' ? [value] : []));

/**
 * What columns hold: numbers, or categories in the order of the alphabet. Texts that all are numbers count as numbers.
 *
 * @param columns in the order of `names`
 */
export const describeColumns = (names: readonly string[], columns: readonly RawColumn[]): PanelColumn[] =>
  names.map((name, i) => {
    const column = columns[i] ?? [];
    if (isNumbers(column)) return { name, kind: 'number' };
    const texts = new Set(textsOf(column));
    if ([...texts].every((text) => Number.isFinite(Number(text)))) return { name, kind: 'number' };
    return { name, kind: 'category', categories: [...texts].sort().slice(0, mostCategories) };
  });

/** The columns of tables that were described apart: categories of any of them, numbers where all say so. */
export const mergeColumns = (lists: readonly (readonly PanelColumn[])[]): PanelColumn[] =>
  (lists[0] ?? []).map((first, i) => {
    const kinds = lists.flatMap((list) => list[i] ?? []);
    if (kinds.every(({ kind }) => kind === 'number')) return first;
    const categories = new Set(kinds.flatMap((one) => (one.kind === 'category' ? one.categories : [])));
    return { name: first.name, kind: 'category', categories: [...categories].sort().slice(0, mostCategories) };
  });

/** Numbers of a column as the schema has it; what it does not know is missing. */
export const encodeColumn = (column: RawColumn, described: PanelColumn): Float64Array => {
  if (isNumbers(column)) return column;
  if (described.kind === 'number') {
    return Float64Array.from(column, (value) => (value === null || value === '' ? Number.NaN : Number(value)));
  }
  const codes = new Map(described.categories.map((category, code) => [category, code]));
  return Float64Array.from(column, (value) => codes.get(String(value)) ?? Number.NaN);
};
