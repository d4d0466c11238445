import type { Column, Frame } from '@bellwether/contracts';
import { createFrameEncoder, fitModel, type Model } from '@bellwether/learning';

const rows = 120;
const at = <T>(value: (row: number) => T): T[] => Array.from({ length: rows }, (_, row) => value(row));
const wave = (row: number) => ((row * 37) % rows) / rows;

const numeric = (name: string, value: (row: number) => number) =>
  ({ name, type: 'numeric', values: Float64Array.from(at(value)) }) as const;
const text = (name: string, levels: string[], code: (row: number) => number) =>
  ({ name, type: 'categorical', levels, codes: Int32Array.from(at(code)) }) as const;

const price = (row: number) => 100 + 4000 * wave(row) ** 2 + 300 * (row % 3) + 20 * (row % 7);

/** A table with a missing number here and there, and a target of each kind. */
export const shop: Frame = {
  rows,
  columns: [
    numeric('carat', (row) => (row % 11 === 3 ? Number.NaN : 0.2 + 2 * wave(row))),
    text('cut', ['Fair', 'Good', 'Ideal'], (row) => row % 3),
    numeric('gift', (row) => (row % 5 < 2 ? 1 : 0)),
    numeric('price', price),
    numeric('sold', (row) => (price(row) > 1500 ? 1 : 0)),
    text('grade', ['high', 'low', 'medium'], (row) => (price(row) > 2500 ? 0 : price(row) > 800 ? 2 : 1)),
    numeric('stars', (row) => (price(row) > 2000 ? 5 : 3)),
  ],
};

const inputs: readonly Column[] = [
  { name: 'carat', kind: 'numeric', nullable: true },
  { name: 'cut', kind: 'categorical', nullable: false },
  { name: 'gift', kind: 'boolean', nullable: false },
];
const targets: Readonly<Record<string, Column>> = {
  price: { name: 'price', kind: 'numeric', nullable: false },
  sold: { name: 'sold', kind: 'boolean', nullable: false },
  grade: { name: 'grade', kind: 'categorical', nullable: false },
  stars: { name: 'stars', kind: 'integer', nullable: false },
};

export const everyRow = Int32Array.from({ length: rows }, (_, row) => row);

/** A model of the shop. */
export function fitShop(algorithm: string, target: string, others: object = {}): Promise<Model> {
  return fitModel({
    frame: shop,
    inputs,
    target: targets[target] as Column,
    task: target === 'price' ? 'regression' : 'classification',
    algorithm,
    training: everyRow,
    seed: 1,
    ...others,
  });
}

/** The shop's rows as a model takes them: what goes into its ONNX. */
export function encodedShop({ manifest }: Model): (number | null)[][] {
  const { width, encode } = createFrameEncoder(manifest.inputs, shop);
  const matrix = new Float64Array(rows * width);
  encode(everyRow, matrix);
  return at((row) =>
    Array.from(matrix.subarray(row * width, (row + 1) * width), (value) => (Number.isNaN(value) ? null : value)),
  );
}
