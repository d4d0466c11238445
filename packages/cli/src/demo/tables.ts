import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Roles } from '@bellwether/contracts';

/** One table of the demo, and what is asked of its model. */
export interface DemoTable {
  readonly model: string;
  readonly title: string;
  readonly file: string;
  readonly roles?: Roles;
  readonly target?: string;
  readonly instance: readonly (number | string | null)[] | Readonly<Record<string, number | string | null>>;
  /** what the prediction has to be, where that is certain */
  readonly expected?: number;
}

export const orderRows = 6000;
const seed = 1;

/** The tables: iris as it lies in the repository, and orders that are made here. */
export async function demoTables(folder: string): Promise<readonly DemoTable[]> {
  const { sampleOrdersCsv } = await import('@bellwether/datasets');
  const orders = join(folder, 'orders.csv');
  await writeFile(orders, sampleOrdersCsv(orderRows, seed));
  return [
    {
      model: 'iris',
      title: 'Iris: which of three species, by four measurements (.npy)',
      file: fileURLToPath(new URL('../../../../samples/iris.npy', import.meta.url)),
      instance: [6.5, 2.8, 4.6, 1.5],
      expected: 1,
    },
    {
      model: 'orders',
      title: 'Orders: the amount of an order, by dates, categories and numbers, some missing (CSV)',
      file: orders,
      roles: { timestamp: 'order_date' },
      target: 'amount',
      instance: {
        order_id: 'O-200001',
        order_date: '2025-01-15',
        channel: 'web',
        region: 'north',
        category: 'electronics',
        customer_segment: null,
        quantity: 12,
        unit_price: 180,
        discount: 0.1,
      },
    },
  ];
}
