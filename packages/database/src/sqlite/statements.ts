import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { SqliteStatement } from 'kysely';

/** Texts differ in how many rows or ids they take; those of a running platform are some hundreds. */
const mostKept = 500;

/**
 * Prepares statements and keeps them by their text: to parse and plan one costs more than to run it.
 *
 * @returns what Kysely asks for each query
 */
export function statementsOf(database: DatabaseSync): (sql: string) => SqliteStatement {
  const kept = new Map<string, SqliteStatement>();
  return (sql) => {
    const known = kept.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    const fresh: SqliteStatement = {
      reader: statement.columns().length > 0,
      all: (parameters) => statement.all(...bindable(parameters)),
      run: (parameters) => statement.run(...bindable(parameters)),
      // Of its own, since two loops over one statement would share its rows.
      iterate: (parameters) => database.prepare(sql).iterate(...bindable(parameters)),
    };
    kept.set(sql, fresh);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? sql);
    return fresh;
  };
}

/** `node:sqlite` turns a `Date` silently into NULL. */
function bindable(parameters: readonly unknown[]): SQLInputValue[] {
  for (const parameter of parameters) {
    if (typeof parameter === 'object' && parameter !== null && !ArrayBuffer.isView(parameter)) {
      throw new TypeError('an object cannot be bound to an SQL parameter');
    }
  }
  return parameters as SQLInputValue[];
}
