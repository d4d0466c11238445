import { readFileSync } from 'node:fs';
import type { Rows } from '../src/matrix.ts';
import type { ObjectiveName } from '../src/training/parameters.ts';

/** A model of XGBoost's and what it predicts from it; see scripts/make-oracle-fixtures.py. */
export interface ModelCase {
  readonly name: string;
  readonly format: 'json' | 'ubjson';
  readonly bytes: Uint8Array;
  readonly x: Rows;
  readonly margins: Float32Array;
  readonly predictions: Float32Array;
  readonly contributions: Float32Array;
  readonly importance: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly attributes: Readonly<Record<string, string>>;
}

type Recorded = readonly (number | null)[];

interface RecordedCase extends Pick<ModelCase, 'name' | 'format' | 'importance' | 'attributes'> {
  readonly model: string;
  readonly columns: number;
  readonly rows: Recorded;
  readonly margins: Recorded;
  readonly predictions: Recorded;
  readonly contributions: Recorded;
}

const read = (name: string) => JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'));

const floats = (values: Recorded): Float32Array => Float32Array.from(values, (value) => value ?? Number.NaN);

const rowsOf = (values: Recorded, columns: number): Rows => ({
  values: floats(values),
  rows: values.length / columns,
  columns,
});

export const modelCases: readonly ModelCase[] = read('models').map(
  (recorded: RecordedCase): ModelCase => ({
    ...recorded,
    bytes: new Uint8Array(Buffer.from(recorded.model, 'base64')),
    x: rowsOf(recorded.rows, recorded.columns),
    margins: floats(recorded.margins),
    predictions: floats(recorded.predictions),
    contributions: floats(recorded.contributions),
  }),
);

export const modelCase = (name: string): ModelCase => {
  const found = modelCases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no case ${name}.`);
  return found;
};

interface Labelled {
  readonly x: Rows;
  readonly y: Float64Array;
}

/** What XGBoost and scikit-learn reach on a split of a table. */
export interface ScoreCase {
  readonly name: string;
  readonly train: Labelled;
  readonly test: Labelled;
  readonly logLoss?: number;
  readonly accuracy?: number;
  readonly rmse?: number;
  readonly forestLogLoss?: number;
  readonly forestAccuracy?: number;
  readonly forestRmse?: number;
}

interface RecordedScores extends Omit<ScoreCase, 'train' | 'test'> {
  readonly columns: number;
  readonly train: { readonly x: Recorded; readonly y: readonly number[] };
  readonly test: { readonly x: Recorded; readonly y: readonly number[] };
}

export const scoreCases: readonly ScoreCase[] = read('scores').map((recorded: RecordedScores): ScoreCase => {
  const labelled = ({ x, y }: RecordedScores['train']) => ({ x: rowsOf(x, recorded.columns), y: Float64Array.from(y) });
  return { ...recorded, train: labelled(recorded.train), test: labelled(recorded.test) };
});

/** Targets of one objective, and the loss of XGBoost's predictions on rows held out. */
export interface ObjectiveCase {
  readonly objective: ObjectiveName;
  readonly weighted: boolean;
  readonly loss: number;
  readonly train: Labelled & { readonly weights?: Float64Array };
  readonly test: Labelled;
}

const readObjectives = (): ObjectiveCase[] => {
  const { columns, rows, x, weights, targets, losses } = read('objectives');
  const part = (objective: ObjectiveName, from: number, to?: number): Labelled => ({
    x: rowsOf(x.slice(from * columns, to === undefined ? undefined : to * columns), columns),
    y: Float64Array.from(targets[objective].slice(from, to)),
  });
  return losses.map(({ objective, weighted, loss }: Pick<ObjectiveCase, 'objective' | 'weighted' | 'loss'>) => ({
    objective,
    weighted,
    loss,
    train: { ...part(objective, 0, rows), ...(weighted ? { weights: Float64Array.from(weights) } : {}) },
    test: part(objective, rows),
  }));
};

export const objectiveCases: readonly ObjectiveCase[] = readObjectives();
