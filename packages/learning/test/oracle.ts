import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Column, Frame, FrameColumn } from '@bellwether/contracts';
import { expect } from '@jest/globals';

/** What `scripts/make-oracle-fixtures.py` recorded. */
export const oracle = <Content>(name: string): Content =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'fixtures', `${name}.json`), 'utf8')) as Content;

export const numeric = (name: string, values: Iterable<number | null>): FrameColumn => ({
  name,
  type: 'numeric',
  values: Float64Array.from(values, (value) => value ?? Number.NaN),
});

/** A categorical column whose codes follow the order in which levels occur. */
export const categorical = (name: string, values: readonly (string | null)[]): FrameColumn => {
  const levels = [...new Set(values)].filter((level) => level !== null);
  return {
    name,
    type: 'categorical',
    levels,
    codes: Int32Array.from(values, (value) => (value === null ? -1 : levels.indexOf(value))),
  };
};

export const frameOf = (...columns: FrameColumn[]): Frame => {
  const [first] = columns;
  const rows = first === undefined ? 0 : first.type === 'numeric' ? first.values.length : first.codes.length;
  return { rows, columns };
};

export const allRows = (frame: Frame): Int32Array => Int32Array.from({ length: frame.rows }, (_, row) => row);

export const columnsOfKind = (kind: Column['kind'], ...names: string[]): Column[] =>
  names.map((name) => ({ name, kind, nullable: true }));

type Matrix = number[][];

export interface OracleTable {
  readonly frame: Frame;
  readonly inputs: Column[];
  readonly target: Column;
  /** every fifth row is held out, as in the script */
  readonly training: Int32Array;
  readonly holdout: Int32Array;
}

export const oracleTable = (name: string): OracleTable => {
  const { x, y } = oracle<Record<string, { x: Matrix; y: number[] }>>('data')[name] as { x: Matrix; y: number[] };
  const names = (x[0] as number[]).map((_, column) => `x${column}`);
  const frame = frameOf(
    ...names.map((column, index) =>
      numeric(
        column,
        x.map((row) => row[index] as number),
      ),
    ),
    numeric('y', y),
  );
  return {
    frame,
    inputs: columnsOfKind('numeric', ...names),
    target: { name: 'y', kind: 'numeric', nullable: false },
    training: allRows(frame).filter((row) => row % 5 !== 0),
    holdout: allRows(frame).filter((row) => row % 5 === 0),
  };
};

/** Every number within `tolerance` of the expected one, relative to it where it is above 1. */
export const expectClose = (actual: ArrayLike<number>, expected: readonly number[], tolerance: number): void => {
  expect(actual.length).toBe(expected.length);
  const worst = expected.reduce(
    (most, value, index) => Math.max(most, Math.abs((actual[index] as number) - value) / Math.max(1, Math.abs(value))),
    0,
  );
  expect(worst).toBeLessThan(tolerance);
};
