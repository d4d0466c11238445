import type { OutputTensor } from '@bellwether/contracts';
import { createInstanceEncoder, featureNames, type Label } from '@bellwether/learning';
import type { LoadedVersion } from '../models/loaded-models.ts';
import { remoteFailed } from './remote-refusals.ts';
import type { RemoteTensor } from './remote-server.ts';

interface RemoteInput {
  readonly name: string;
  readonly datatype: string;
  /** -1 is any number; servers may leave the rows out */
  readonly shape: readonly number[];
}

/** What stands for an element in JSON, which has no NaN. */
function elementOf(value: unknown, { name, datatype }: RemoteInput): unknown {
  if (datatype === 'BYTES') return value === null ? '' : String(value);
  if (typeof value === 'boolean') return datatype === 'BOOL' ? value : Number(value);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw remoteFailed(`"${name}" is missing of this item, and JSON tensors have no word for that`);
}

/**
 * One row of features as a server wants it: encoded, where it has one input as wide as our design matrix, which is how
 * our ONNX files are; else one tensor a column.
 *
 * @throws Problem `remote-failed` (502) when its model takes something else
 */
export function remoteTensors(
  inputs: readonly RemoteInput[],
  features: Readonly<Record<string, unknown>>,
  loaded: Pick<LoadedVersion, 'inputs' | 'target'>,
): readonly RemoteTensor[] {
  const [first] = inputs;
  const width = featureNames(loaded.inputs).length;
  if (inputs.length === 1 && first !== undefined && first.shape.length === 2 && first.shape[1] === width) {
    const row = new Float64Array(width);
    createInstanceEncoder(loaded.inputs, loaded.target)(features, 0, row);
    const { name, datatype } = first;
    return [{ name, datatype, shape: [1, width], data: Array.from(row, (value) => elementOf(value, first)) }];
  }
  return inputs.map((input) => {
    const { name, datatype, shape } = input;
    if (!Object.hasOwn(features, name)) throw remoteFailed(`its model takes "${name}", which ours does not`);
    return { name, datatype, shape: shape.map(() => 1), data: [elementOf(features[name], input)] };
  });
}

/**
 * The prediction in a server's answer: the first element of `predict`, else of its first output.
 *
 * @throws Problem `remote-failed` (502) when there is none
 */
export function remotePrediction(outputs: readonly OutputTensor[], task: LoadedVersion['task']): Label {
  const output = outputs.find(({ name }) => name === 'predict') ?? outputs[0];
  const [prediction] = (output?.data ?? []).flat(8);
  if (typeof prediction === 'number') return prediction;
  const isLabel = typeof prediction === 'string' || typeof prediction === 'boolean';
  if (isLabel && task === 'classification') return prediction;
  throw remoteFailed(`its answer holds no ${task === 'regression' ? 'number' : 'label'}`);
}
