import type { Dialect } from './dialect.ts';
import type { Batches, Cell, WarehouseTable } from './table.ts';

/** One transaction. Parameters stand as `?`. */
export interface Session {
  run(sql: string, values?: readonly Cell[]): Promise<void>;
  select(sql: string, values?: readonly Cell[]): Promise<readonly (readonly Cell[])[]>;
  /** Adds rows to a table, values in the order of its columns; returns how many. */
  insert(table: WarehouseTable, rows: Batches<readonly Cell[]>, signal?: AbortSignal): Promise<number>;
}

/** Columns of one table, and which of its rows. */
export interface Query {
  readonly table: WarehouseTable;
  readonly columns: WarehouseTable['columns'];
  /** stored names and what they shall equal */
  readonly where: readonly (readonly [stored: string, value: string | number])[];
  readonly limit?: number | undefined;
}

/** A kind of warehouse: everything that SQL alone does not make the same. Errors are `WarehouseError`. */
export interface Engine {
  readonly kind: 'duckdb' | 'mysql' | 'snowflake';
  readonly dialect: Dialect;
  migrate(): Promise<void>;
  /** Tables and views whose name is this one, whatever its case. */
  findTables(name: string): Promise<readonly WarehouseTable[]>;
  stream(query: Query, signal?: AbortSignal): AsyncGenerator<readonly (readonly Cell[])[]>;
  /** All of it happens or nothing. Tables are neither made nor dropped here: most engines would commit at that. */
  transact<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** For tables that are made, filled and dropped: all or nothing where the engine can, else each statement at once. */
  define<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Statements that put one table in the place of another, if that exists. */
  swapIn(staged: string, name: string, isTaken: boolean): readonly string[];
  /** Writes a query's rows to a file, where the engine does that by itself. */
  copy?(query: Query, path: string, format: 'parquet' | 'csv', signal?: AbortSignal): Promise<number>;
  close(): Promise<void>;
}

/** The text of a query, and its values. */
export function selectSql(
  { table, columns, where, limit }: Query,
  quote: Dialect['quote'],
  expression: (column: WarehouseTable['columns'][number]) => string,
): { readonly sql: string; readonly values: readonly (string | number)[] } {
  const conditions = where.map(([stored]) => `${quote(stored)} = ?`);
  const sql = [
    `SELECT ${columns.map(expression).join(', ')} FROM ${quote(table.name)}`,
    ...(conditions.length === 0 ? [] : [`WHERE ${conditions.join(' AND ')}`]),
    ...(limit === undefined ? [] : [`LIMIT ${Math.floor(limit)}`]),
  ].join(' ');
  return { sql, values: where.map(([, value]) => value) };
}
