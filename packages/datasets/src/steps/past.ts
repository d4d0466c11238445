import { quoteIdentifier } from '../duckdb/quote.ts';
import { rowNumber } from './step-definition.ts';
import type { StepTable } from './step-table.ts';

/** What a step goes by: the rows of an item in the order of their dates. */
export interface Series {
  readonly date?: string | undefined;
  readonly item?: string | undefined;
}

/**
 * SQL of the window `past`: rows of the same item in the order of their dates. Rows of the same date are ordered by
 * their other values, from left to right, so that the order of the file does not matter but for rows that are the same
 * in everything. Rows without a date or an item stand apart: they are nobody's past.
 */
export function pastWindow({ date, item }: Series, { columns }: StepTable): string {
  const time = quoteIdentifier(date ?? '');
  const keys = item === undefined ? [] : [quoteIdentifier(item)];
  const others = columns.map(({ name }) => name).filter((name) => name !== date && name !== item);
  return `past AS (PARTITION BY ${[...keys, `${time} IS NULL`].join(', ')}
    ORDER BY ${[time, ...others.map(quoteIdentifier), rowNumber].join(', ')})`;
}

/** SQL that is true for rows that have a place in their item's history. */
export function isPlaced({ date, item }: Series): string {
  return [date, item]
    .filter((name) => name !== undefined)
    .map((name) => `${quoteIdentifier(name)} IS NOT NULL`)
    .join(' AND ');
}
