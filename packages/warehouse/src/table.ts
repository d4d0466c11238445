/** A value of a row: times in ISO 8601 (UTC), dates as `YYYY-MM-DD`, whole numbers beyond 2^53 as strings. */
export type Cell = string | number | boolean | null;

/** What a column holds, whatever the engine calls it. What is none of these is read as text. */
export type ColumnKind = 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'timestamp';

export interface NamedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

export interface WarehouseColumn extends NamedColumn {
  /** in lower case, as all engines give it */
  readonly name: string;
  /** as the engine has it: Snowflake upper-cases what was not quoted */
  readonly stored: string;
}

/** A table that exists. */
export interface WarehouseTable {
  /** as the engine has it */
  readonly name: string;
  readonly columns: readonly WarehouseColumn[];
}

/** Rows in batches, so that a table of any length takes bounded memory. */
export type Batches<Row> = AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>;
