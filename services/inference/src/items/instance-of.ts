import type { Row } from '@bellwether/datasets';
import type { LoadedVersion } from '../models/loaded-models.ts';

type Predictions = ReturnType<LoadedVersion['predictor']['predict']>['predictions'];

/** The columns that the model reads; what it was not trained on, a predictor refuses. */
export function instanceOf(features: Row, { inputs }: Pick<LoadedVersion, 'inputs'>): Row {
  return Object.fromEntries(inputs.flatMap(({ name, used }) => (used ? [[name, features[name] ?? null]] : [])));
}

/** What the model says of each row, by one call of it. */
export const predictLabels = (rows: readonly Row[], loaded: Pick<LoadedVersion, 'inputs' | 'predictor'>): Predictions =>
  loaded.predictor.predict(rows.map((row) => instanceOf(row, loaded))).predictions;

export const predictNumbers = (rows: readonly Row[], loaded: Pick<LoadedVersion, 'inputs' | 'predictor'>): number[] =>
  predictLabels(rows, loaded).map(Number);
