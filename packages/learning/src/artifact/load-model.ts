import { z } from 'zod';
import { arrayTypes, invalidModel, type LearnedParameters } from '../learners/learned-parameters.ts';
import { Manifest, modelFormatVersion } from '../model/manifest.ts';
import { createScorer, type Model } from '../model/model.ts';
import { arrayOfBytes } from './array-bytes.ts';
import { fileOf, manifestFile, maxArtifactBytes, ParametersIndex, parametersFile } from './parameters-index.ts';
import { type Files, readTarball } from './tarball.ts';

const openFiles = async (bytes: Uint8Array, maxBytes: number): Promise<Files> => {
  try {
    return await readTarball(bytes, maxBytes);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw invalidModel(
      code === 'ERR_BUFFER_TOO_LARGE' ? `it is larger than ${maxBytes} bytes when decompressed` : message,
    );
  }
};

const jsonOf = (files: Files, name: string): unknown => {
  const bytes = files.get(name);
  if (bytes === undefined) throw invalidModel(`${name} is missing`);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw invalidModel(`${name} is no JSON`);
  }
};

const checked = <Schema extends z.ZodType>(schema: Schema, value: unknown, name: string): z.output<Schema> => {
  const result = schema.safeParse(value);
  if (!result.success) throw invalidModel(`${name}: ${z.prettifyError(result.error)}`);
  return result.data;
};

const manifestOf = (value: unknown): Manifest => {
  const version = (value as { formatVersion?: unknown } | null)?.formatVersion;
  if (typeof version === 'number' && version !== modelFormatVersion) {
    throw invalidModel(`its format version is ${version}, and this program reads ${modelFormatVersion}`);
  }
  return checked(Manifest, value, manifestFile);
};

const parametersOf = (files: Files): LearnedParameters => {
  const index = checked(ParametersIndex, jsonOf(files, parametersFile), parametersFile);
  const expected = new Set([manifestFile, parametersFile, ...index.arrays.map(fileOf)]);
  const stranger = [...files.keys()].find((name) => !expected.has(name));
  if (stranger !== undefined) throw invalidModel(`it holds "${stranger}", which its index does not name`);
  const arrays = index.arrays.map((array) => {
    const bytes = files.get(fileOf(array));
    const size = array.length * arrayTypes[array.type].BYTES_PER_ELEMENT;
    if (bytes?.byteLength !== size) throw invalidModel(`${fileOf(array)} is to have ${size} bytes`);
    return [array.name, arrayOfBytes(bytes, array.type)] as const;
  });
  return { values: index.values, arrays: Object.fromEntries(arrays) };
};

/**
 * Reads what `saveModel` wrote. Everything is checked, down to the sizes that the manifest implies, and nothing in an
 * artifact is ever executed; the model predicts as the saved one, bit for bit.
 * @param maxBytes cap of the decompressed size
 * @throws Problem `model-invalid` saying what is wrong, or `algorithm-unknown`
 */
export const loadModel = async (bytes: Uint8Array, { maxBytes = maxArtifactBytes } = {}): Promise<Model> => {
  const files = await openFiles(bytes, maxBytes);
  const model: Model = { manifest: manifestOf(jsonOf(files, manifestFile)), parameters: parametersOf(files) };
  createScorer(model);
  return model;
};
