import { Problem } from '@bellwether/contracts';
import { arrayTypeOf } from '../learners/learned-parameters.ts';
import type { Model } from '../model/model.ts';
import { bytesOfArray } from './array-bytes.ts';
import { fileOf, manifestFile, maxArtifactBytes, type ParametersIndex, parametersFile } from './parameters-index.ts';
import { writeTarball } from './tarball.ts';

const json = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);

/**
 * The model as a `model.tar.gz`: `manifest.json`, `parameters.json` and one little-endian file an array. The same
 * model gives the same bytes.
 * @throws Problem `model-too-large`
 */
export const saveModel = async ({ manifest, parameters }: Model): Promise<Uint8Array> => {
  const arrays = Object.entries(parameters.arrays).map(([name, array]) => ({ name, type: arrayTypeOf(array), array }));
  const index: ParametersIndex = {
    values: parameters.values,
    arrays: arrays.map(({ name, type, array }) => ({ name, type, length: array.length })),
  };
  const files = new Map([
    [manifestFile, json(manifest)],
    [parametersFile, json(index)],
    ...arrays.map(({ name, type, array }) => [fileOf({ name, type }), bytesOfArray(array)] as const),
  ]);
  const size = [...files.values()].reduce((sum, { byteLength }) => sum + byteLength + 1024, 1024);
  if (size > maxArtifactBytes) {
    throw new Problem(422, 'model-too-large', `The model takes ${size} bytes, ${maxArtifactBytes} at most.`, {
      cure: 'Train on fewer rows or columns.',
    });
  }
  return writeTarball(files);
};
