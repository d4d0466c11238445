import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNormal, createRandom } from '../random.ts';

/** A table as every contestant reads it: float32 files, row-major, the last rows held out. */
export interface Table {
  readonly rows: number;
  readonly columns: number;
  /** rows held out for the score */
  readonly heldOut: number;
  /** paths of both files */
  readonly x: string;
  readonly y: string;
}

const heldOut = 20_000;

/**
 * Normal features, one of whole numbers and one skewed, with 3 % missing; a target of nine of them by sines, products,
 * steps and squares, with noise.
 */
export function writeTable(folder: string, rows: number, columns: number): Table {
  const random = createRandom(rows + columns);
  const normal = createNormal(random);
  const all = rows + heldOut;
  const x = new Float32Array(all * columns);
  const y = new Float32Array(all);
  for (let row = 0; row < all; row++) {
    const at = row * columns;
    for (let column = 0; column < columns; column++) x[at + column] = normal();
    x[at + 1] = Math.round((x[at + 1] as number) * 3);
    x[at + 2] = Math.exp(x[at + 2] as number);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = x.subarray(at, at + 9);
    const steps = (e > 0.5 ? 1.5 : 0) + 0.2 * Math.abs(i);
    y[row] = 2 * Math.sin(2 * a) + b / 2 + Math.log1p(c) * d + steps + f * g + 0.3 * h * h + normal() / 2;
    for (let column = 0; column < columns; column++) if (random() < 0.03) x[at + column] = Number.NaN;
  }
  const path = (part: string) => join(folder, `${rows}-${columns}.${part}`);
  writeFileSync(path('x'), x);
  writeFileSync(path('y'), y);
  return { rows, columns, heldOut, x: path('x'), y: path('y') };
}
