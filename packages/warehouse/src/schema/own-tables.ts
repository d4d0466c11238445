import type { Dialect } from '../dialect.ts';
import type { WarehouseTable } from '../table.ts';
import type { OwnTable } from './own-table.ts';

const key = {
  data_name: { kind: 'text', length: 255, isRequired: true },
  date_create: { kind: 'text', length: 32, isRequired: true },
} as const satisfies OwnTable['columns'];

/** One row per pipeline: what people look at. */
export const parametersTable: OwnTable = {
  name: 'forecast_parameters',
  columns: {
    ...key,
    forecast_horizon: { kind: 'integer' },
    number_of_backtest_windows: { kind: 'integer' },
    perform_delete: { kind: 'boolean' },
    forecast_frequency: { kind: 'text', length: 32 },
    message_id: { kind: 'text', length: 255 },
    status: { kind: 'text', length: 64 },
    reason: { kind: 'text', length: 4000 },
    forecast_available: { kind: 'boolean', isRequired: true },
    created_at: { kind: 'timestamp', isRequired: true },
    updated_at: { kind: 'timestamp', isRequired: true },
  },
  primaryKey: ['data_name', 'date_create'],
};

/** A row per item, period and statistic, so that any quantiles fit. */
export const forecastsTable: OwnTable = {
  name: 'forecast_values',
  columns: {
    ...key,
    item_id: { kind: 'text', length: 512, isRequired: true },
    timestamp: { kind: 'timestamp', isRequired: true },
    statistic: { kind: 'text', length: 32, isRequired: true },
    quantile: { kind: 'number' },
    value: { kind: 'number' },
  },
  index: ['data_name', 'date_create'],
};

export const metricsTable: OwnTable = {
  name: 'forecast_metrics',
  columns: {
    ...key,
    model: { kind: 'text', length: 255, isRequired: true },
    source: { kind: 'text', length: 32, isRequired: true },
    backtest_window: { kind: 'integer' },
    item_id: { kind: 'text', length: 512 },
    metric: { kind: 'text', length: 64, isRequired: true },
    value: { kind: 'number' },
  },
  index: ['data_name', 'date_create'],
};

export const migrationsTable: OwnTable = {
  name: 'forecast_migrations',
  columns: {
    version: { kind: 'integer', isRequired: true },
    name: { kind: 'text', length: 255, isRequired: true },
    applied_at: { kind: 'timestamp', isRequired: true },
  },
  primaryKey: ['version'],
};

/** A table of ours as the engine has it. */
export const storedTable = (dialect: Dialect, { name, columns }: OwnTable): WarehouseTable => ({
  name: dialect.fold(name),
  columns: Object.entries(columns).map(([column, { kind }]) => ({ name: column, kind, stored: dialect.fold(column) })),
});

/** A name of ours, folded and quoted. */
export const ownName = (dialect: Dialect, name: string): string => dialect.quote(dialect.fold(name));

/** The statement that makes a table of ours unless it is there. */
export function createTableSql(dialect: Dialect, { name, columns, primaryKey, index }: OwnTable): string {
  const definitions = Object.entries(columns).map(
    ([column, { kind, length, isRequired }]) =>
      `${ownName(dialect, column)} ${dialect.typeOf(kind, length)}${isRequired ? ' NOT NULL' : ''}`,
  );
  const keys = (primaryKey ?? []).map((column) => ownName(dialect, column));
  const body = [
    ...definitions,
    ...(keys.length === 0 ? [] : [`PRIMARY KEY (${keys.join(', ')})`]),
    ...(index === undefined ? [] : dialect.indexes(index)),
  ];
  return `CREATE TABLE IF NOT EXISTS ${ownName(dialect, name)} (${body.join(', ')})${dialect.tableOptions}`;
}
