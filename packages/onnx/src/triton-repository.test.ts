import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { writeTritonModel } from './triton-repository.ts';

const file = {
  bytes: Uint8Array.of(1, 2),
  inputs: [{ name: 'features', type: 'float', shape: ['rows', 4] }],
  outputs: [
    { name: 'predict', type: 'string', shape: ['rows', 1] },
    { name: 'probabilities', type: 'float', shape: ['rows', 3] },
  ],
} as const;

test('a model is laid out as Triton looks for it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-triton-'));
  try {
    await writeTritonModel(folder, { name: 'weekly-orders', version: 3 }, file);

    expect(await readFile(join(folder, 'weekly-orders', '3', 'model.onnx'))).toEqual(Buffer.from([1, 2]));
    expect(await readFile(join(folder, 'weekly-orders', 'config.pbtxt'), 'utf8')).toBe(`name: "weekly-orders"
backend: "onnxruntime"
max_batch_size: 10000
input [
  {
    name: "features"
    data_type: TYPE_FP32
    dims: [ 4 ]
  }
]
output [
  {
    name: "predict"
    data_type: TYPE_STRING
    dims: [ 1 ]
  },
  {
    name: "probabilities"
    data_type: TYPE_FP32
    dims: [ 3 ]
  }
]
`);
  } finally {
    await rm(folder, { recursive: true });
  }
});
