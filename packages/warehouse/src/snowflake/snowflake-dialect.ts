import type { Dialect } from '../dialect.ts';
import type { ColumnKind } from '../table.ts';

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const fold = (name: string): string => name.toUpperCase();
const own = (name: string): string => quote(fold(name));

const types: Readonly<Record<ColumnKind, string>> = {
  text: 'VARCHAR',
  integer: 'NUMBER(38,0)',
  number: 'FLOAT',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP_NTZ',
};

export const snowflakeDialect: Dialect = {
  quote,
  fold,
  typeOf: (kind, length) => (kind === 'text' && length !== undefined ? `VARCHAR(${length})` : types[kind]),
  // It finds rows by the ranges of values that it keeps of each block.
  indexes: () => [],
  tableOptions: '',
  upsert(table, { keys, onInsert, always }) {
    const columns = [...keys, ...onInsert, ...always];
    // Parameters are texts: without a type they would be compared and stored as such.
    const values = columns.map(
      (column) => `CAST(? AS ${types[table.columns[column]?.kind ?? 'text']}) AS ${own(column)}`,
    );
    return [
      `MERGE INTO ${own(table.name)} AS kept USING (SELECT ${values.join(', ')}) AS given`,
      `ON ${keys.map((column) => `kept.${own(column)} = given.${own(column)}`).join(' AND ')}`,
      `WHEN MATCHED THEN UPDATE SET ${always.map((column) => `${own(column)} = given.${own(column)}`).join(', ')}`,
      `WHEN NOT MATCHED THEN INSERT (${columns.map(own).join(', ')})`,
      `VALUES (${columns.map((column) => `given.${own(column)}`).join(', ')})`,
    ].join(' ');
  },
};

/** What a column of this type holds: `NUMBER/<scale>` or another `data_type` of the catalogue. */
export function snowflakeKind(type: string): ColumnKind {
  if (type === 'NUMBER/0') return 'integer';
  if (/^(NUMBER|FLOAT|DECFLOAT|REAL|DOUBLE)/.test(type)) return 'number';
  if (type === 'BOOLEAN') return 'boolean';
  if (type === 'DATE') return 'date';
  return type.startsWith('TIMESTAMP') ? 'timestamp' : 'text';
}
