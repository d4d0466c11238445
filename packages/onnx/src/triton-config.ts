import type { ElementType, Value } from './schema.ts';
import type { OnnxFile } from './write-onnx.ts';

const types: Readonly<Record<ElementType, string>> = {
  float: 'TYPE_FP32',
  double: 'TYPE_FP64',
  int64: 'TYPE_INT64',
  bool: 'TYPE_BOOL',
  string: 'TYPE_STRING',
};

/** Triton adds the rows itself: their dimension is left out. */
const tensor = ({ name, type, shape }: Value): string =>
  `  {\n    name: "${name}"\n    data_type: ${types[type]}\n    dims: [ ${shape.slice(1).join(', ')} ]\n  }`;

const tensors = (values: readonly Value[]): string => `[\n${values.map(tensor).join(',\n')}\n]`;

/**
 * The `config.pbtxt` by which Triton's ONNX Runtime backend serves a model.
 * https://github.com/triton-inference-server/server/blob/main/docs/user_guide/model_configuration.md
 *
 * @param name as clients ask for it, and as its folder is called
 */
export function tritonConfig(name: string, { inputs, outputs }: Omit<OnnxFile, 'bytes'>): string {
  return [
    `name: ${JSON.stringify(name)}`,
    'backend: "onnxruntime"',
    'max_batch_size: 10000',
    `input ${tensors(inputs)}`,
    `output ${tensors(outputs)}`,
    '',
  ].join('\n');
}
