import { sqlTime } from '../cell-values.ts';
import type { Dialect } from '../dialect.ts';
import type { Session } from '../engine.ts';
import { type ForecastKey, type ForecastResults, storedForecasts, storedMetric } from '../forecast-results.ts';
import type { OwnTable } from '../schema/own-table.ts';
import { forecastsTable, metricsTable, ownName, parametersTable, storedTable } from '../schema/own-tables.ts';
import type { Batches, Cell } from '../table.ts';
import type { WriteOptions } from '../warehouse.ts';
import { WarehouseError } from '../warehouse-error.ts';
import { upsertParameters } from './parameters.ts';

async function* mapBatches<A, B>(batches: Batches<A>, map: (row: A) => readonly B[]): AsyncGenerator<B[]> {
  for await (const batch of batches) yield batch.flatMap(map);
}

const ofKey = (dialect: Dialect): string =>
  `${ownName(dialect, 'data_name')} = ? AND ${ownName(dialect, 'date_create')} = ?`;

async function deleteRows(dialect: Dialect, session: Session, key: ForecastKey): Promise<void> {
  for (const { name } of [forecastsTable, metricsTable]) {
    await session.run(`DELETE FROM ${ownName(dialect, name)} WHERE ${ofKey(dialect)}`, [key.dataName, key.dateCreate]);
  }
}

/** Deletes results and takes back the flag of a pipeline that has a row, within a transaction. */
export async function withdrawResults(dialect: Dialect, session: Session, key: ForecastKey, now: Date): Promise<void> {
  const changes = ['forecast_available', 'updated_at'].map((column) => `${ownName(dialect, column)} = ?`);
  await session.run(
    `UPDATE ${ownName(dialect, parametersTable.name)} SET ${changes.join(', ')} WHERE ${ofKey(dialect)}`,
    [false, sqlTime(now), key.dataName, key.dateCreate],
  );
  await deleteRows(dialect, session, key);
}

/** Puts results in the place of those that were there, and changes the pipeline's row, within a transaction. */
export async function writeResults(
  dialect: Dialect,
  session: Session,
  key: ForecastKey,
  { levels, forecasts, metrics }: ForecastResults,
  { parameters, forecastAvailable, signal, now }: WriteOptions & { readonly now: Date },
): Promise<{ readonly forecasts: number; readonly metrics: number }> {
  // The pipeline's row first: two writers of the same key wait for each other there.
  await upsertParameters(
    dialect,
    session,
    key,
    { ...parameters, ...(forecastAvailable === undefined ? {} : { forecastAvailable }) },
    now,
  );
  await deleteRows(dialect, session, key);
  const insert = (table: OwnTable, rows: Batches<readonly Cell[]>) =>
    session.insert(storedTable(dialect, table), rows, signal);
  return {
    forecasts: await insert(
      forecastsTable,
      mapBatches(forecasts, (row) => storedForecasts(key, levels, row)),
    ),
    metrics: await insert(
      metricsTable,
      mapBatches(metrics, (row) => [storedMetric(key, row)]),
    ),
  };
}

/**
 * Sets the flag of a key, within a transaction.
 *
 * @throws WarehouseError `warehouse-results-missing`
 */
export async function markForecastAvailable(
  dialect: Dialect,
  session: Session,
  key: ForecastKey,
  now: Date,
): Promise<void> {
  await upsertParameters(dialect, session, key, { forecastAvailable: true }, now);
  const found = await session.select(
    `SELECT 1 FROM ${ownName(dialect, forecastsTable.name)} WHERE ${ofKey(dialect)} LIMIT 1`,
    [key.dataName, key.dateCreate],
  );
  if (found.length > 0) return;
  throw new WarehouseError(
    'warehouse-results-missing',
    `no forecasts are stored for ${key.dataName} of ${key.dateCreate}`,
  );
}
