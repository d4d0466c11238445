import { sqlTime } from '../cell-values.ts';
import type { Dialect } from '../dialect.ts';
import type { Session } from '../engine.ts';
import type { ForecastKey, ParametersChange, ParametersRow } from '../forecast-results.ts';
import { parametersTable, storedTable } from '../schema/own-tables.ts';
import type { Cell, WarehouseTable } from '../table.ts';

const columnOf = {
  forecastHorizon: 'forecast_horizon',
  numberOfBacktestWindows: 'number_of_backtest_windows',
  performDelete: 'perform_delete',
  forecastFrequency: 'forecast_frequency',
  messageId: 'message_id',
  status: 'status',
  reason: 'reason',
  forecastAvailable: 'forecast_available',
} as const;

type Change = Omit<ParametersChange, 'forecastAvailable'> & { readonly forecastAvailable?: boolean };

const longestReason = parametersTable.columns.reason?.length ?? Number.POSITIVE_INFINITY;

/** Makes or changes the row of a pipeline within a transaction. */
export async function upsertParameters(
  dialect: Dialect,
  session: Session,
  key: ForecastKey,
  change: Change,
  now: Date,
): Promise<void> {
  const given = Object.entries(columnOf).flatMap(([field, column]): [string, Cell][] => {
    const value = change[field as keyof typeof columnOf];
    return value === undefined ? [] : [[column, typeof value === 'string' ? value.slice(0, longestReason) : value]];
  });
  const always: [string, Cell][] = [...given, ['updated_at', sqlTime(now)]];
  const first: [string, Cell][] = [
    ['created_at', sqlTime(now)],
    ...(change.forecastAvailable === undefined ? [['forecast_available', false] as [string, Cell]] : []),
  ];
  const statement = dialect.upsert(parametersTable, {
    keys: ['data_name', 'date_create'],
    onInsert: first.map(([column]) => column),
    always: always.map(([column]) => column),
  });
  const values = [...first, ...always].map(([, value]) => value);
  await session.run(statement, [key.dataName, key.dateCreate, ...values]);
}

/** The pipelines' table as the engine has it. */
export const storedParameters = (dialect: Dialect): WarehouseTable => storedTable(dialect, parametersTable);

/** A row of `storedParameters`, its values in the order of the table's columns. */
export function parametersRow(cells: readonly Cell[]): ParametersRow {
  const names = Object.keys(parametersTable.columns);
  const row = Object.fromEntries(names.map((name, index) => [name, cells[index] ?? null]));
  const count = (value: Cell | undefined) => (value == null ? null : Number(value));
  const flag = (value: Cell | undefined) => value === true || value === 1 || value === '1';
  const text = (value: Cell | undefined) => (value == null ? null : String(value));
  return {
    dataName: String(row.data_name),
    dateCreate: String(row.date_create),
    forecastHorizon: count(row.forecast_horizon),
    numberOfBacktestWindows: count(row.number_of_backtest_windows),
    performDelete: row.perform_delete == null ? null : flag(row.perform_delete),
    forecastFrequency: text(row.forecast_frequency),
    messageId: text(row.message_id),
    status: text(row.status),
    reason: text(row.reason),
    forecastAvailable: flag(row.forecast_available),
    createdAt: String(row.created_at),
    updatedAt: String(row.updated_at),
  };
}
