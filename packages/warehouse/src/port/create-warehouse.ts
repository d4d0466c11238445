import type { Engine } from '../engine.ts';
import type { Warehouse } from '../warehouse.ts';
import { exportTable } from './export-table.ts';
import { findTable } from './find-table.ts';
import { loadTable } from './load-table.ts';
import { parametersRow, storedParameters, upsertParameters } from './parameters.ts';
import { queryOf } from './query.ts';
import { markForecastAvailable, withdrawResults, writeResults } from './results.ts';

/** The port on an engine. */
export function createWarehouse(engine: Engine, now: () => Date = () => new Date()): Warehouse {
  const { dialect } = engine;
  /** A transaction on our own tables, which are made first. */
  const transact: Engine['transact'] = async (work) => {
    await engine.migrate();
    return await engine.transact(work);
  };
  return {
    kind: engine.kind,
    migrate: () => engine.migrate(),
    describeTable: (name) => findTable(engine, name),
    countRows: (table) =>
      engine.transact(async (session) => {
        const [[count] = []] = await session.select(`SELECT count(*) FROM ${dialect.quote(table.name)}`);
        return Number(count);
      }),
    readRows: (table, options = {}) => engine.stream(queryOf(table, options), options.signal),
    exportTable: (table, path, options) => exportTable(engine, table, path, options),
    loadTable: (name, columns, rows, options = {}) => loadTable(engine, name, columns, rows, options),
    async readParameters(key) {
      await engine.migrate();
      const where = { data_name: key.dataName, date_create: key.dateCreate };
      for await (const [row] of engine.stream(queryOf(storedParameters(dialect), { where }))) {
        if (row !== undefined) return parametersRow(row);
      }
      return undefined;
    },
    upsertParameters: (key, change) => transact((session) => upsertParameters(dialect, session, key, change, now())),
    writeResults: (key, results, options = {}) =>
      transact((session) => writeResults(dialect, session, key, results, { ...options, now: now() })),
    markForecastAvailable: (key) => transact((session) => markForecastAvailable(dialect, session, key, now())),
    deleteResults: (key) => transact((session) => withdrawResults(dialect, session, key, now())),
    close: () => engine.close(),
  };
}
