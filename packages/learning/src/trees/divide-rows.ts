import type { TrainOptions } from '@bellwether/boosting';
import type { Design } from '../learners/learner.ts';
import { createRandom, shuffle } from '../numeric/random.ts';

type Labelled = NonNullable<TrainOptions['validation']>;

/** With fewer, the loss on them says nothing about when to stop. */
const fewestRows = 20;

const pick = ({ x, y }: Design, rows: Int32Array): Labelled => {
  const values = new Float64Array(rows.length * x.columns);
  for (const [place, row] of rows.entries()) {
    values.set(x.values.subarray(row * x.columns, (row + 1) * x.columns), place * x.columns);
  }
  return {
    x: { values, rows: rows.length, columns: x.columns },
    y: Float64Array.from(rows, (row) => y[row] as number),
  };
};

/**
 * Sets rows aside by chance, of which a learner only looks at the loss; all rows train when that share is 0, or too few
 * rows to go by.
 */
export const divideRows = (
  design: Design,
  share: number,
  seed: number,
): { readonly training: Labelled; readonly validation?: Labelled } => {
  const { rows } = design.x;
  const count = Math.round(rows * share);
  if (count < fewestRows) return { training: design };
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  shuffle(order, createRandom(seed));
  return {
    training: pick(design, order.slice(count).sort()),
    validation: pick(design, order.slice(0, count).sort()),
  };
};
