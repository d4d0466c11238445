import type { ForecastKey, ForecastResults, ParametersChange, ParametersRow } from './forecast-results.ts';
import type { Batches, Cell, NamedColumn, WarehouseTable } from './table.ts';

export interface ReadOptions {
  /** names of columns in the order in which their values come; all of the table when not given */
  readonly columns?: readonly string[];
  /** rows in which these columns have these values */
  readonly where?: Readonly<Record<string, string | number>>;
  /** most rows that come */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

export interface ExportOptions extends Omit<ReadOptions, 'limit'> {
  readonly format: 'parquet' | 'csv';
}

export interface LoadOptions {
  /** whether a table of this name gives way; refused otherwise */
  readonly replace?: boolean;
  readonly signal?: AbortSignal;
}

export interface WriteOptions {
  /** changes of the pipeline's row that shall take effect together with the results */
  readonly parameters?: Omit<ParametersChange, 'forecastAvailable'>;
  /** whether the flag is set together with the rows */
  readonly forecastAvailable?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Where a company keeps the tables that forecasts are made from and written to. Names of tables and columns are the
 * same whatever their case. Every call may be repeated, also after it failed in an unknown state: twice is as once.
 *
 * Each call throws `WarehouseError`, and the signal's reason when it is aborted.
 */
export interface Warehouse {
  readonly kind: 'duckdb' | 'mysql' | 'snowflake';

  /** Makes the tables that are missing. The calls below that need them do so by themselves. */
  migrate(): Promise<void>;

  /** A table, or undefined when there is none of this name. */
  describeTable(name: string): Promise<WarehouseTable | undefined>;

  countRows(table: WarehouseTable): Promise<number>;

  /** Rows as arrays of values, in batches of bounded size and in no order. */
  readRows(table: WarehouseTable, options?: ReadOptions): AsyncGenerator<readonly (readonly Cell[])[]>;

  /**
   * Writes a table to a file, in bounded memory. Columns are named in lower case; in Parquet they are VARCHAR, BIGINT,
   * DOUBLE, BOOLEAN, DATE or TIMESTAMP (UTC).
   *
   * @param path of a file that is made or replaced; what is there after a failure is to be thrown away
   */
  exportTable(table: WarehouseTable, path: string, options: ExportOptions): Promise<{ readonly rows: number }>;

  /** Makes a table of a user's with these rows. It is there with all of them, or as it was before. */
  loadTable(
    name: string,
    columns: readonly NamedColumn[],
    rows: Batches<readonly Cell[]>,
    options?: LoadOptions,
  ): Promise<{ readonly rows: number }>;

  readParameters(key: ForecastKey): Promise<ParametersRow | undefined>;

  /** Makes or changes the row of a pipeline. */
  upsertParameters(key: ForecastKey, change: ParametersChange): Promise<void>;

  /**
   * Puts forecasts and metrics in the place of those that were written under this key, in one transaction.
   *
   * @returns how many rows are stored now
   */
  writeResults(
    key: ForecastKey,
    results: ForecastResults,
    options?: WriteOptions,
  ): Promise<{ readonly forecasts: number; readonly metrics: number }>;

  /**
   * Sets the flag of results that were written before.
   *
   * @throws WarehouseError `warehouse-results-missing` when no forecasts are stored under this key
   */
  markForecastAvailable(key: ForecastKey): Promise<void>;

  /** Deletes forecasts and metrics and takes the flag back, in one transaction. The pipeline's row stays. */
  deleteResults(key: ForecastKey): Promise<void>;

  close(): Promise<void>;
}
