import type { ForecastKey, ForecastResults, NamedColumn, Warehouse } from '@bellwether/warehouse';
import type { Case } from './cases.ts';

/** What a warehouse or its test peer may lack. */
export type WarehouseCapability = 'boolean-columns' | 'transactions' | 'limited-texts' | 'concurrent-writers';

/** A warehouse without tables. */
export interface WarehouseSubject {
  readonly warehouse: Warehouse;
  /** the same warehouse as another process has it */
  readonly other: Warehouse;
  /** for files, absolute */
  readonly folder: string;
  readonly close: () => Promise<void>;
}

export type WarehouseCase = Case<WarehouseSubject, WarehouseCapability>;

export const key: ForecastKey = { dataName: 'sales', dateCreate: '20260101' };

export const targetColumns: readonly NamedColumn[] = [
  { name: 'item_id', kind: 'text' },
  { name: 'timestamp', kind: 'timestamp' },
  { name: 'target_value', kind: 'number' },
];

/** Results of as many items, whose values begin at `first`. */
export function results(items: number, first = 0): ForecastResults {
  return {
    levels: [0.1, 0.9],
    forecasts: [
      Array.from({ length: items }, (_, index) => ({
        itemId: `item-${index}`,
        timestamp: '2026-02-01T00:00:00.000Z',
        mean: first + index,
        quantiles: [first + index - 0.5, first + index + 0.5],
      })),
    ],
    metrics: [
      [
        { model: 'theta', source: 'backtest', backtestWindow: 1, itemId: 'item-0', metric: 'MASE', value: null },
        { model: 'theta', source: 'backtest', backtestWindow: null, itemId: null, metric: 'wQL[0.9]', value: 0.25 },
      ],
    ],
  };
}

/** All rows of a table, as objects. */
export async function rowsOf(
  warehouse: Warehouse,
  name: string,
  where: Readonly<Record<string, string | number>> = {},
): Promise<Record<string, unknown>[]> {
  const table = await warehouse.describeTable(name);
  if (table === undefined) throw new Error(`there is no table ${name}`);
  const found: Record<string, unknown>[] = [];
  for await (const batch of warehouse.readRows(table, { where })) {
    for (const row of batch) found.push(Object.fromEntries(table.columns.map(({ name }, index) => [name, row[index]])));
  }
  return found;
}
