import { numberedParquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import type { SeriesTables } from './item-rows.ts';

type Table = 'target' | 'related';

/** A column beside the target and where it is found: of what both tables have, one tells the past, the other the future. */
export interface KnownColumn {
  readonly name: string;
  readonly from: readonly Table[];
  readonly isText: boolean;
}

export interface RelatedTable {
  readonly path: string;
  /** whether it tells items apart; else what it says holds for all of them */
  readonly hasItem: boolean;
}

/**
 * SQL of the rows of all items: `item`, `stamp`, `target`, and `k0`, `k1`, … for the known columns, ordered by item and
 * time, and then as in the file, since of two rows with one time the later one corrects. Rows of the related table have
 * no target; they also tell the future.
 */
export function itemsSql(
  { target, columns }: SeriesTables,
  known: readonly KnownColumn[],
  related: RelatedTable | undefined,
): string {
  const { item, time } = columns;
  const at = `CAST(epoch_ms(CAST(${quoteIdentifier(time)} AS TIMESTAMP)) AS DOUBLE) AS stamp`;
  const name = item === undefined ? "'all'" : `coalesce(CAST(${quoteIdentifier(item)} AS VARCHAR), '')`;
  const values = (table: Table) => known.map((column, index) => `${valueSql(column, table)} AS k${index}`);
  const value = `coalesce(TRY_CAST(${quoteIdentifier(columns.target)} AS DOUBLE), 'NaN'::DOUBLE) AS target`;
  const own = [`${name} AS item`, at, value, ...values('target'), '0 AS source', 'file_row_number AS n'];
  const parts = [`SELECT ${own.join(', ')} FROM ${numberedParquet(target)}`];
  if (related !== undefined) {
    const rest = [at, "'NaN'::DOUBLE AS target", ...values('related'), '1 AS source', 'file_row_number AS n'].join(
      ', ',
    );
    const all = `(SELECT DISTINCT ${name} AS item FROM ${numberedParquet(target)})`;
    parts.push(
      related.hasItem
        ? `SELECT ${name} AS item, ${rest} FROM ${numberedParquet(related.path)}`
        : `SELECT every.item AS item, ${rest} FROM ${all} every CROSS JOIN ${numberedParquet(related.path)}`,
    );
  }
  const shown = ['item', 'stamp', 'target', ...known.map((_, index) => `k${index}`)].join(', ');
  return `SELECT ${shown} FROM (${parts.join(' UNION ALL ')}) ORDER BY item, stamp, source, n`;
}

function valueSql({ name, from, isText }: KnownColumn, table: Table): string {
  const type = isText ? 'VARCHAR' : 'DOUBLE';
  return from.includes(table) ? `TRY_CAST(${quoteIdentifier(name)} AS ${type})` : `CAST(NULL AS ${type})`;
}
