import type { PredictorResult } from '@bellwether/learning';
import type { LoadedVersion } from '../models/loaded-models.ts';
import type { OutputWish } from './read-request.ts';
import { refuseTensor } from './refuse-tensor.ts';

export type OutputType = 'BOOL' | 'INT64' | 'FP64' | 'BYTES';

/** An output with its elements, row by row. */
export interface Output {
  readonly name: string;
  readonly datatype: OutputType;
  readonly shape: readonly number[];
  readonly values: readonly unknown[];
}

/** What predictions are: numbers of a regression, or the labels that were uploaded. */
export function datatypeOfPredictions({ predictor: { labels } }: Pick<LoadedVersion, 'predictor'>): OutputType {
  if (labels === undefined) return 'FP64';
  if (labels.every((label) => typeof label === 'boolean')) return 'BOOL';
  if (labels.every(Number.isSafeInteger)) return 'INT64';
  return labels.every((label) => typeof label === 'number') ? 'FP64' : 'BYTES';
}

/** `predict`, and `probabilities` in the order of the labels where the model has them. */
function outputsOf(loaded: LoadedVersion, { predictions, probabilities }: PredictorResult): readonly Output[] {
  const rows = predictions.length;
  const datatype = datatypeOfPredictions(loaded);
  const values = datatype === 'BYTES' ? predictions.map(String) : predictions;
  const predict: Output = { name: 'predict', datatype, shape: [rows], values };
  if (probabilities === undefined) return [predict];
  const shape = [rows, loaded.predictor.labels?.length ?? 0];
  return [predict, { name: 'probabilities', datatype: 'FP64', shape, values: probabilities.flat() }];
}

/**
 * The outputs that were asked for, and in which form; all of them when none was named.
 *
 * @throws Problem `tensor-refused` for a name that the model does not have
 */
export function wishedOutputs(
  loaded: LoadedVersion,
  result: PredictorResult,
  { outputs: wishes, binary }: { readonly outputs?: readonly OutputWish[]; readonly binary: boolean },
): readonly { readonly output: Output; readonly binary: boolean }[] {
  const outputs = outputsOf(loaded, result);
  if (wishes === undefined) return outputs.map((output) => ({ output, binary }));
  return wishes.map(({ name, binary }) => {
    const output = outputs.find((each) => each.name === name);
    if (output !== undefined) return { output, binary };
    const names = outputs.map((each) => each.name).join(', ');
    throw refuseTensor(`The model has no output "${name}".`, `It has: ${names}.`);
  });
}
