import type { Frame } from '@bellwether/contracts';
import { columnOf, isPresent } from '../frame-columns.ts';
import { labelIndices } from '../preprocessing/fit-target.ts';
import type { Manifest } from './manifest.ts';

export interface RegressionPredictions {
  readonly task: 'regression';
  readonly values: Float64Array;
}

export interface ClassificationPredictions {
  readonly task: 'classification';
  readonly classes: number;
  /** index of each row's label in the manifest's `target.labels` */
  readonly labels: Int32Array;
  /** `classes` a row; learners without probabilities leave it out */
  readonly probabilities?: Float64Array;
  /** for learners without probabilities: one number a row when binary (positive: class 1), else `classes` a row */
  readonly decision?: Float64Array;
}

/** One entry a row that was asked for, in that order. */
export type Predictions = RegressionPredictions | ClassificationPredictions;

/**
 * What the target of these rows really was, in the form that `evaluate` compares: values, or indices among the
 * model's labels (labels unknown to it come after them). Missing is NaN or -1.
 * @throws Problem `column-missing`
 */
export const truthOf = (manifest: Manifest, frame: Frame, rows: Int32Array): Float64Array | Int32Array => {
  const { name, kind, labels } = manifest.target;
  if (labels !== undefined) return labelIndices(frame, { name, kind, nullable: true }, labels, rows);
  const column = columnOf(frame, name);
  return Float64Array.from(rows, (row) =>
    column.type === 'numeric' && isPresent(column, row) ? (column.values[row] as number) : Number.NaN,
  );
};
