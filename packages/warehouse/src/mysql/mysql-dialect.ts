import type { Dialect } from '../dialect.ts';
import type { ColumnKind } from '../table.ts';

const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

const types: Readonly<Record<ColumnKind, string>> = {
  text: 'LONGTEXT',
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'DATETIME(3)',
};

export const mysqlDialect: Dialect = {
  quote,
  fold: (name) => name,
  typeOf: (kind, length) => (kind === 'text' && length !== undefined ? `VARCHAR(${length})` : types[kind]),
  indexes: (columns) => [`INDEX forecast_key (${columns.map(quote).join(', ')})`],
  // Names that differ in case alone are different data: another collation would delete the results of both.
  tableOptions: ' ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
  upsert({ name }, { keys, onInsert, always }) {
    const columns = [...keys, ...onInsert, ...always];
    // MariaDB does not know the newer form with an alias.
    const changes = always.map((column) => `${quote(column)} = VALUES(${quote(column)})`);
    return [
      `INSERT INTO ${quote(name)} (${columns.map(quote).join(', ')})`,
      `VALUES (${columns.map(() => '?').join(', ')})`,
      `ON DUPLICATE KEY UPDATE ${changes.join(', ')}`,
    ].join(' ');
  },
};

/** What a column of this type holds, by `data_type` of the catalogue. A BOOLEAN is a whole number there. */
export function mysqlKind(type: string): ColumnKind {
  if (/^((tiny|small|medium|big)?int|year)$/i.test(type)) return 'integer';
  if (/^(decimal|float|double)$/i.test(type)) return 'number';
  if (/^date$/i.test(type)) return 'date';
  return /^(datetime|timestamp)$/i.test(type) ? 'timestamp' : 'text';
}
