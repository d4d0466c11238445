import { type Frame, Problem } from '@bellwether/contracts';
import { columnOf, isPresent } from '../frame-columns.ts';
import { hashRows } from './row-hash.ts';

export interface SplitOptions {
  readonly target: string;
  /** split by time instead of by hash: the latest rows are held out */
  readonly timestamp?: string;
  /** share of the rows to hold out, between 0 and 1; 0.2 unless given */
  readonly fraction?: number;
}

/** Row numbers, ascending. */
export interface Split {
  readonly training: Int32Array;
  readonly holdout: Int32Array;
}

const partition = (rows: Int32Array, isHeldOut: (row: number) => boolean): Split => ({
  training: rows.filter((row) => !isHeldOut(row)),
  holdout: rows.filter(isHeldOut),
});

export const bothSides = (split: Split): boolean => split.training.length > 0 && split.holdout.length > 0;

/**
 * Holds out the rows whose key is at least that of the row at rank `1 - fraction`; equal keys stay together.
 * One side is empty only when all keys are equal.
 */
export const byRank = (rows: Int32Array, keys: Float64Array, fraction: number): Split => {
  const keyOf = (row: number): number => keys[row] as number;
  const sorted = Float64Array.from(rows, keyOf).sort();
  const held = Math.min(rows.length - 1, Math.max(1, Math.round(rows.length * fraction)));
  const boundary = sorted[rows.length - held] as number;
  const first = partition(rows, (row) => keyOf(row) >= boundary);
  return bothSides(first) ? first : partition(rows, (row) => keyOf(row) > boundary);
};

const tooFewRows = (detail: string): Problem =>
  new Problem(422, 'too-few-rows', detail, { cure: 'Upload at least two different rows whose target is filled in.' });

const byHash = (frame: Frame, rows: Int32Array, fraction: number): Split => {
  const hashes = hashRows(frame);
  const byValue = partition(rows, (row) => (hashes[row] as number) < fraction);
  if (bothSides(byValue)) return byValue;
  const reversed = hashes.map((hash) => -hash);
  const ranked = byRank(rows, reversed, fraction);
  if (!bothSides(ranked)) throw tooFewRows('All rows with a target are identical: none can be held out.');
  return ranked;
};

/**
 * Which rows train a model and which are held out to score it.
 *
 * Without a timestamp, a row is held out when the hash of its values (`hashRows`) is below `fraction`: the choice
 * depends on nothing else, so that rows stay on their side when the table grows, and identical rows are never on
 * both. It holds as long as the table has the same columns, read as the same types. With a timestamp, the last
 * `fraction` of rows by time are held out, ties together; rows without a time go to neither side, since they might
 * be from the future.
 *
 * Rows without a target go to neither. When a side would be empty (few rows), ranks of the hash decide instead.
 *
 * @throws Problem `too-few-rows` for fewer than two usable rows, or when all of them are identical;
 *   `column-missing`; `fraction-refused` outside (0, 1)
 */
export const splitHoldout = (frame: Frame, options: SplitOptions): Split => {
  const { fraction = 0.2 } = options;
  if (!(fraction > 0 && fraction < 1)) {
    throw new Problem(422, 'fraction-refused', `A hold-out of ${fraction} is not a share of the rows.`, {
      field: 'fraction',
      cure: 'Give a number above 0 and below 1.',
    });
  }
  const target = columnOf(frame, options.target);
  const time = options.timestamp === undefined ? undefined : columnOf(frame, options.timestamp);
  const all = Int32Array.from({ length: frame.rows }, (_, row) => row);
  const rows = all.filter((row) => isPresent(target, row) && (time === undefined || isPresent(time, row)));
  if (rows.length < 2) throw tooFewRows(`${rows.length} of ${frame.rows} rows can be used.`);
  if (time?.type === 'numeric') {
    const byTime = byRank(rows, time.values, fraction);
    if (bothSides(byTime)) return byTime;
  }
  return byHash(frame, rows, fraction);
};
