import { join } from 'node:path';
import type { Task } from './task.ts';
import { writeOrders } from './write-orders.ts';
import { writeSeries } from './write-series.ts';

const lags = 5;
const windows = [4, 12];

/** The task of each contestant over one table of so many rows; all write into the same folder, each a file of its own. */
export function prepare(folder: string, rows: number, work: Task['work']): (contestant: string) => Task {
  const orders = join(folder, `orders-${rows}.csv`);
  writeOrders(orders, rows);
  const series = writeSeries(folder);
  return (contestant) => {
    const output = join(folder, `${contestant.replaceAll(' ', '-')}-${rows}.parquet`);
    return { work, orders, series, output, folder, lags, windows };
  };
}
