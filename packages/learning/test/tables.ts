import type { Column, Frame } from '@bellwether/contracts';
import { type FitModelOptions, fitModel, type Model } from '../src/index.ts';
import { allRows, categorical, columnsOfKind, frameOf, numeric } from './oracle.ts';

/** A small table with every kind of column; `price` and `sold` and `grade` can be targets. */
export const shop: Frame = frameOf(
  numeric('carat', [0.2, 0.5, null, 1.1, 0.9, 0.4, 1.3, 0.7, 0.6, 1.0]),
  categorical('cut', ['Ideal', 'Good', 'Ideal', null, 'Fair', 'Good', 'Ideal', 'Fair', 'Good', 'Ideal']),
  numeric('gift', [1, 0, 1, 0, null, 1, 0, 0, 1, 1]),
  numeric(
    'day',
    [...Array(10).keys()].map((day) => Date.UTC(2024, 0, day + 1)),
  ),
  numeric('price', [300, 700, 500, 2000, 1500, 600, 2600, 1000, 900, 1800]),
  numeric('sold', [1, 0, 1, 0, 0, 1, 0, 1, 1, 0]),
  categorical('grade', ['C', 'B', 'C', 'A', 'A', 'B', 'A', 'B', 'B', 'A']),
  numeric('rank', [2, 1, 2, 0, 0, 1, 0, 1, 1, 0]),
);

export const shopInputs: Column[] = [
  ...columnsOfKind('numeric', 'carat'),
  ...columnsOfKind('text', 'note'),
  ...columnsOfKind('categorical', 'cut'),
  ...columnsOfKind('boolean', 'gift'),
  ...columnsOfKind('timestamp', 'day'),
];

const kinds: Readonly<Record<string, Column['kind']>> = {
  price: 'numeric',
  sold: 'boolean',
  grade: 'categorical',
  rank: 'integer',
};

export const fitShop = (target: string, options: Partial<FitModelOptions> = {}): Promise<Model> =>
  fitModel({
    frame: shop,
    inputs: shopInputs,
    target: { name: target, kind: kinds[target] ?? 'numeric', nullable: false },
    task: target === 'price' ? 'regression' : 'classification',
    algorithm: 'linear',
    training: allRows(shop),
    seed: 1,
    ...options,
  });

/** The rows of the shop's table as a client would send them; the text column goes unused. */
export const shopInstances: unknown[][] = [...allRows(shop)].map((row) =>
  shopInputs.map(({ name, kind }) => {
    const column = shop.columns.find((candidate) => candidate.name === name);
    if (column === undefined) return 'some text';
    if (column.type === 'categorical') return column.levels[column.codes[row] as number] ?? null;
    const value = column.values[row] as number;
    if (Number.isNaN(value)) return null;
    if (kind === 'timestamp') return new Date(value).toISOString();
    return kind === 'boolean' ? value === 1 : value;
  }),
);

export const asObject = (instance: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(shopInputs.map(({ name }, index) => [name, instance[index]]));
