import type { Dialect } from '../dialect.ts';
import type { ColumnKind } from '../table.ts';

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const types: Readonly<Record<ColumnKind, string>> = {
  text: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
};

export const duckdbDialect: Dialect = {
  quote,
  fold: (name) => name,
  typeOf: (kind) => types[kind],
  // It finds rows by the ranges of values that it keeps of each block.
  indexes: () => [],
  tableOptions: '',
  upsert({ name }, { keys, onInsert, always }) {
    const columns = [...keys, ...onInsert, ...always];
    const changes = always.map((column) => `${quote(column)} = excluded.${quote(column)}`);
    return [
      `INSERT INTO ${quote(name)} (${columns.map(quote).join(', ')})`,
      `VALUES (${columns.map(() => '?').join(', ')})`,
      `ON CONFLICT (${keys.map(quote).join(', ')}) DO UPDATE SET ${changes.join(', ')}`,
    ].join(' ');
  },
};

/** What a column of this type holds. `TIMESTAMP WITH TIME ZONE` is given in UTC. */
export function duckdbKind(type: string): ColumnKind {
  if (/^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/.test(type)) return 'integer';
  if (/^(FLOAT|DOUBLE|DECIMAL)/.test(type)) return 'number';
  if (type === 'BOOLEAN') return 'boolean';
  if (type === 'DATE') return 'date';
  return type.startsWith('TIMESTAMP') ? 'timestamp' : 'text';
}
