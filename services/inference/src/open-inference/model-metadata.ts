import type { Datatype, ModelMetadata, TensorMetadata } from '@bellwether/contracts';
import type { LoadedVersion } from '../models/loaded-models.ts';
import { datatypeOfPredictions } from './output-tensors.ts';

/** Texts and times are BYTES; all numbers are FP64, where NaN is a missing one. Other datatypes are taken too. */
function datatypeOf(kind: LoadedVersion['inputs'][number]['kind']): Datatype {
  if (kind === 'boolean') return 'BOOL';
  return kind === 'numeric' || kind === 'integer' ? 'FP64' : 'BYTES';
}

/** Only a prediction tells; any will do, and every column may be missing. */
function hasProbabilities({ predictor, inputs }: LoadedVersion): boolean {
  return predictor.predict([inputs.map(() => null)]).probabilities !== undefined;
}

/** The tensors of a version: one a column that it uses, and what it answers. */
export function modelMetadata(loaded: LoadedVersion): ModelMetadata {
  const { model, version, inputs, predictor } = loaded;
  const predict: TensorMetadata = { name: 'predict', datatype: datatypeOfPredictions(loaded), shape: [-1] };
  const probabilities: TensorMetadata[] =
    predictor.labels === undefined || !hasProbabilities(loaded)
      ? []
      : [{ name: 'probabilities', datatype: 'FP64', shape: [-1, predictor.labels.length] }];
  return {
    name: model,
    versions: [String(version)],
    platform: 'bellwether_model',
    inputs: inputs
      .filter(({ used }) => used)
      .map(({ name, kind }) => ({ name, datatype: datatypeOf(kind), shape: [-1] })),
    outputs: [predict, ...probabilities],
  };
}
