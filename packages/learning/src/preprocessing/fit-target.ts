import { type Column, type Frame, type FrameColumn, Problem } from '@bellwether/contracts';
import { z } from 'zod';
import { columnOf, isPresent } from '../frame-columns.ts';
import type { Task } from '../task.ts';
import { numberOf } from './cell-values.ts';

/** A one-versus-one learner has a decision function for each pair of them. */
export const maxClasses = 1000;

export const Label = z.union([z.number(), z.string(), z.boolean()]);
/** What the target held in the uploaded table. */
export type Label = z.infer<typeof Label>;

export interface FittedTarget {
  /** rows of `rows` whose target is present */
  readonly rows: Int32Array;
  /** for each of them the value (log1p of it if asked), or the index of its label */
  readonly y: Float64Array;
  /** classification: numbers ascending, false before true, strings by code units */
  readonly labels?: readonly Label[];
}

const labelReader = ({ kind }: Column, column: FrameColumn): ((row: number) => Label) => {
  if (column.type === 'categorical') return (row) => column.levels[column.codes[row] as number] as string;
  if (kind === 'boolean') return (row) => column.values[row] !== 0;
  return (row) => (column.values[row] as number) + 0;
};

const ascending = (a: Label, b: Label): number => (a < b ? -1 : a > b ? 1 : 0);

const fitLabels = (target: Column, column: FrameColumn, rows: Int32Array): FittedTarget => {
  const read = labelReader(target, column);
  const distinct = new Set<Label>();
  for (const row of rows) distinct.add(read(row));
  if (distinct.size > maxClasses) {
    throw new Problem(422, 'too-many-classes', `"${target.name}" holds ${distinct.size} different labels.`, {
      field: 'target',
      cure: `Choose a target of at most ${maxClasses} labels, or train a regression.`,
    });
  }
  const labels = [...distinct].sort(ascending);
  const indices = new Map(labels.map((label, index) => [label, index]));
  return { rows, labels, y: Float64Array.from(rows, (row) => indices.get(read(row)) as number) };
};

const fitValues = (column: FrameColumn, rows: Int32Array, logTarget: boolean): FittedTarget => {
  if (column.type !== 'numeric') {
    throw new Problem(422, 'target-not-numeric', `"${column.name}" holds text, and a regression predicts numbers.`, {
      field: 'target',
      cure: 'Choose a numeric target, or train a classification.',
    });
  }
  const y = Float64Array.from(rows, (row) => column.values[row] as number);
  if (!logTarget) return { rows, y };
  const refused = y.find((value) => value <= -1);
  if (refused !== undefined) {
    throw new Problem(422, 'log-target-refused', `"${column.name}" holds ${refused}, which log(1 + x) does not take.`, {
      field: 'logTarget',
      cure: 'Train without the logarithm of the target: it needs values above -1.',
    });
  }
  return { rows, y: y.map(Math.log1p) };
};

/**
 * The target of those rows that have one.
 * @throws Problem `too-few-rows` when no row has one, `too-many-classes`, `target-not-numeric`, `log-target-refused`
 *   (values of -1 or less), `column-missing`
 */
export const fitTarget = (
  frame: Frame,
  target: Column,
  task: Task,
  options: { readonly rows: Int32Array; readonly logTarget: boolean },
): FittedTarget => {
  const column = columnOf(frame, target.name);
  const rows = options.rows.filter((row) => isPresent(column, row));
  if (rows.length === 0) {
    throw new Problem(422, 'too-few-rows', `No training row has a value of "${target.name}".`, {
      field: 'target',
      cure: 'Choose a target that is filled in.',
    });
  }
  return task === 'classification' ? fitLabels(target, column, rows) : fitValues(column, rows, options.logTarget);
};

/** A later table may hold the same labels as another type: `"1"` for 1, `"true"` or 1 for true. */
const labelAs = (type: string, label: Label): Label => {
  if (typeof label === type) return label;
  if (type === 'string') return String(label);
  const number = numberOf(type === 'boolean' ? 'boolean' : 'numeric', label);
  if (number === undefined) return label;
  return type === 'boolean' ? number === 1 : number;
};

/**
 * Index of each row's label among `labels`, -1 when the target is missing; labels that training did not see count on
 * from `labels.length`, so that they are wrong whatever is predicted.
 */
export const labelIndices = (frame: Frame, target: Column, labels: readonly Label[], rows: Int32Array): Int32Array => {
  const column = columnOf(frame, target.name);
  const read = labelReader(target, column);
  const indices = new Map(labels.map((label, index) => [label, index]));
  return Int32Array.from(rows, (row) => {
    if (!isPresent(column, row)) return -1;
    const label = labelAs(typeof labels[0], read(row));
    const index = indices.get(label) ?? indices.size;
    indices.set(label, index);
    return index;
  });
};
