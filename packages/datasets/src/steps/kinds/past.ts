import type { Column } from '@bellwether/contracts';
import { quoteIdentifier } from '../../duckdb/quote.ts';
import { rowNumber } from '../reserved-names.ts';
import type { StepTable } from '../step-table.ts';

/** What a step goes by: the rows of an item in the order of their dates. */
export interface Series {
  readonly date?: string | undefined;
  readonly item?: string | undefined;
}

/**
 * SQL of the window `past`: rows of the same item in the order of their dates. Rows of the same date are ordered by
 * their other values, from left to right, so that the order of the file does not matter but for rows that are the same
 * in everything. Rows without a date or an item stand apart: they are nobody's past.
 *
 * What is looked back at, and the target, come last and by their hash: if a row's place told its value, so would the
 * features that follow from the place.
 *
 * @param hidden columns that are looked back at
 */
export function pastWindow({ date, item }: Series, { columns, roles }: StepTable, hidden: readonly string[]): string {
  const time = quoteIdentifier(date ?? '');
  const keys = item === undefined ? [] : [quoteIdentifier(item)];
  const others = columns.filter(({ name }) => name !== date && name !== item);
  const isHidden = ({ name }: Column) => hidden.includes(name) || name === roles.target;
  const shown = others.filter((column) => !isHidden(column)).map(({ name }) => quoteIdentifier(name));
  const order = [time, ...shown, ...others.filter(isHidden).map(hashOf), rowNumber];
  return `past AS (PARTITION BY ${[...keys, `${time} IS NULL`].join(', ')} ORDER BY ${order.join(', ')})`;
}

/** The same for a whole number as for the fraction that it is: later rows may make a column one or the other. */
function hashOf({ name, kind }: Column): string {
  const isNumber = kind === 'numeric' || kind === 'integer' || kind === 'boolean';
  return `hash(CAST(${quoteIdentifier(name)} AS ${isNumber ? 'DOUBLE' : 'VARCHAR'}))`;
}

/** SQL that is true for rows that have a place in their item's history. */
export function isPlaced({ date, item }: Series): string {
  return [date, item]
    .filter((name) => name !== undefined)
    .map((name) => `${quoteIdentifier(name)} IS NOT NULL`)
    .join(' AND ');
}
