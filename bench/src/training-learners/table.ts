import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNormal, createRandom } from '../random.ts';

/** A table as every contestant reads it: float64 files, row-major, the last rows held out. */
export interface Table {
  readonly name: string;
  readonly task: 'classification' | 'regression';
  readonly rows: number;
  readonly columns: number;
  /** rows to learn from; the others score */
  readonly training: number;
  /** paths of the two files */
  readonly x: string;
  readonly y: string;
}

/**
 * Normal features, of which five make the target, by sines, products and squares, with noise; for a classification its
 * sign.
 */
export function writeTable(folder: string, { task, rows, columns }: Pick<Table, 'task' | 'rows' | 'columns'>): Table {
  const random = createRandom(rows * 31 + columns);
  const normal = createNormal(random);
  const x = Float64Array.from({ length: rows * columns }, normal);
  const y = Float64Array.from({ length: rows }, (_, row) => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = x.subarray(row * columns, row * columns + 5);
    const value = Math.sin(2 * a) + b * c + (d * d - 1) / 2 + e + 0.3 * normal();
    return task === 'regression' ? value / 1.9 : Number(value > 0);
  });
  const name = `${task === 'regression' ? 'regression' : 'two labels'}, ${rows.toLocaleString('en')} × ${columns}`;
  const path = (part: string) => join(folder, `${task}-${rows}-${columns}.${part}`);
  writeFileSync(path('x'), x);
  writeFileSync(path('y'), y);
  return { name, task, rows, columns, training: 0.8 * rows, x: path('x'), y: path('y') };
}
