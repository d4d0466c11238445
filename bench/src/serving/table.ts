import type { Frame } from '@bellwether/contracts';

/** What all models are trained on: nine numbers and a target. */
export interface TrainingTable {
  /** names of the columns, the target last */
  readonly columns: readonly string[];
  /** one array a row, the target last */
  readonly rows: readonly (readonly number[])[];
}

const features = 9;

/** Weyl sequences (fractional parts of multiples of √primes): even, and the same on every machine without a generator. */
const steps = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29].map((prime) => Math.sqrt(prime) % 1);

/** Four decimals, so that a CSV and a JSON body hold exactly the number that the models see. */
const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

/** Rows whose target is linear in the features, each of another scale, and a remainder that no model can know. */
export function trainingTable(rowCount: number): TrainingTable {
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const even = steps.map((step) => ((row + 1) * step) % 1);
    const values = even.slice(0, features).map((share, i) => rounded((share - 0.3) * 10 ** (i % 4)));
    const signal = values.reduce((sum, value, i) => sum + ((i + 1) * value) / 10 ** (i % 4), 3);
    return [...values, rounded(signal + ((even[features] ?? 0) - 0.5))];
  });
  return { columns: [...Array.from({ length: features }, (_, i) => `x${i + 1}`), 'y'], rows };
}

export const targetOf = ({ columns }: TrainingTable): string => columns.at(-1) as string;

/** The values of a row without its target: an instance to predict. */
export const instanceOf = (row: readonly number[]): readonly number[] => row.slice(0, -1);

export function csvOf({ columns, rows }: TrainingTable): string {
  return `${[columns, ...rows].map((row) => row.join(',')).join('\n')}\n`;
}

export function frameOf({ columns, rows }: TrainingTable): Frame {
  return {
    rows: rows.length,
    columns: columns.map((name, column) => ({
      name,
      type: 'numeric',
      values: Float64Array.from(rows, (row) => row[column] as number),
    })),
  };
}
