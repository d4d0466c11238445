import type { Row } from '@bellwether/datasets';
import type { LoadedVersion } from '../models/loaded-models.ts';

/** The columns that the model reads; what it was not trained on, a predictor refuses. */
export function instanceOf(features: Row, { inputs }: Pick<LoadedVersion, 'inputs'>): Row {
  return Object.fromEntries(inputs.flatMap(({ name, used }) => (used ? [[name, features[name] ?? null]] : [])));
}
