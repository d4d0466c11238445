import type { OwnTable } from './schema/own-table.ts';
import type { ColumnKind } from './table.ts';

/** Columns of a row that is made or changed, by what happens to them. */
export interface UpsertColumns {
  /** name the row */
  readonly keys: readonly string[];
  /** set when the row is made */
  readonly onInsert: readonly string[];
  /** set in both cases */
  readonly always: readonly string[];
}

/** How an engine writes SQL. */
export interface Dialect {
  /** An identifier, so that it cannot end where it stands. */
  quote(name: string): string;
  /** A name in the case in which the engine stores it when nobody quotes it. */
  fold(name: string): string;
  /** @param length most characters of a text; without it as many as the engine takes */
  typeOf(kind: ColumnKind, length?: number): string;
  /** What a statement that makes a table says of an index; nothing where the engine has none. */
  indexes(columns: readonly string[]): readonly string[];
  /** Ends a statement that makes a table, after the closing parenthesis. */
  readonly tableOptions: string;
  /** A statement that makes or changes a row. Its values come in the order of keys, `onInsert`, `always`. */
  upsert(table: OwnTable, columns: UpsertColumns): string;
}
