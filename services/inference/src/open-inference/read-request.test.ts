import { expect, test } from '@jest/globals';
import { maxElements, readRequest } from './read-request.ts';

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const read = (inputs: unknown, others: object = {}) => readRequest(json({ inputs, ...others }), undefined);

/** A request of one binary tensor. */
function binary(datatype: string, shape: number[], bytes: Uint8Array, size: unknown = bytes.length) {
  const header = json({ inputs: [{ name: 'x', datatype, shape, parameters: { binary_data_size: size } }] });
  return readRequest(Buffer.concat([header, bytes]), String(header.length));
}

const valuesOf = (datatype: string, count: number, bytes: Uint8Array) =>
  binary(datatype, [count], bytes).tensors[0]?.values;

test('elements come flat or nested, with the names of outputs and their form', () => {
  const { tensors, outputs, id } = read(
    [
      { name: 'x', datatype: 'FP32', shape: [2, 2], data: [1, 2, 3, null] },
      {
        name: 'y',
        datatype: 'INT64',
        shape: [2, 2],
        data: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    {
      id: 'r1',
      parameters: { binary_data_output: true },
      outputs: [{ name: 'predict' }, { name: 'probabilities', parameters: { binary_data: false } }],
    },
  );

  expect(tensors.map(({ values }) => values)).toEqual([
    [1, 2, 3, null],
    [1, 2, 3, 4],
  ]);
  expect(id).toBe('r1');
  expect(outputs).toEqual([
    { name: 'predict', binary: true },
    { name: 'probabilities', binary: false },
  ]);
});

test('an empty list of outputs is all of them', () => {
  expect(read([{ name: 'x', datatype: 'FP32', shape: [1], data: [1] }], { outputs: [] }).outputs).toBeUndefined();
});

test.each([
  ['BOOL', Uint8Array.of(1, 0), [true, false]],
  ['UINT8', Uint8Array.of(255, 0), [255, 0]],
  ['INT8', Uint8Array.of(255, 1), [-1, 1]],
  ['UINT16', Uint16Array.of(65_535, 1), [65_535, 1]],
  ['INT16', Int16Array.of(-2, 1), [-2, 1]],
  ['UINT32', Uint32Array.of(4_294_967_295, 1), [4_294_967_295, 1]],
  ['INT32', Int32Array.of(-3, 1), [-3, 1]],
  ['UINT64', BigUint64Array.of(2n ** 64n - 1n, 1n), [2n ** 64n - 1n, 1n]],
  ['INT64', BigInt64Array.of(-(2n ** 63n), 1n), [-(2n ** 63n), 1n]],
  ['FP16', Uint16Array.of(0x3c00, 0xc400, 0x7c00, 0x0001, 0x3555), [1, -4, Infinity, 2 ** -24, 0.333251953125]],
  ['BF16', Uint16Array.of(0x3f80, 0xc0a0), [1, -5]],
  ['FP32', Float32Array.of(0.5, -1e10), [0.5, -1e10]],
  ['FP64', Float64Array.of(0.1, Number.NaN), [0.1, Number.NaN]],
] as const)('binary elements of %s are read', (datatype, array, expected) => {
  const bytes = Buffer.from(array.buffer);
  expect(valuesOf(datatype, expected.length, bytes)).toEqual(expected);
});

test('binary texts have their lengths before them', () => {
  const bytes = Uint8Array.of(2, 0, 0, 0, 0xc3, 0xa9, 0, 0, 0, 0, 1, 0, 0, 0, 0x61);
  expect(valuesOf('BYTES', 3, bytes)).toEqual(['é', '', 'a']);
});

test('several binary tensors follow each other in the order of their names, between those in JSON', () => {
  const header = json({
    inputs: [
      { name: 'a', datatype: 'UINT8', shape: [2], parameters: { binary_data_size: 2 } },
      { name: 'b', datatype: 'FP32', shape: [2], data: [5, 6] },
      { name: 'c', datatype: 'INT16', shape: [2], parameters: { binary_data_size: 4 } },
    ],
  });
  const body = Buffer.concat([header, Uint8Array.of(1, 2), Uint8Array.of(3, 0, 4, 0)]);

  expect(readRequest(body, String(header.length)).tensors.map(({ values }) => values)).toEqual([
    [1, 2],
    [5, 6],
    [3, 4],
  ]);
});

test.each([
  ['fewer bytes than its shape says', () => binary('FP32', [3], new Uint8Array(8))],
  ['a size beyond the body', () => binary('FP32', [2], new Uint8Array(8), 12)],
  ['a size that is no number', () => binary('FP32', [2], new Uint8Array(8), '8')],
  ['a negative size', () => binary('FP32', [2], new Uint8Array(8), -8)],
  ['bytes that belong to no tensor', () => binary('UINT8', [2], new Uint8Array(3), 2)],
  ['a text that reaches beyond its tensor', () => binary('BYTES', [1], Uint8Array.of(9, 0, 0, 0, 1))],
  ['a text whose length is cut', () => binary('BYTES', [1], Uint8Array.of(9, 0))],
  ['more texts than its shape says', () => binary('BYTES', [1], Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0))],
  ['a text that is not UTF-8', () => binary('BYTES', [1], Uint8Array.of(1, 0, 0, 0, 0xff))],
  ['an element of another type', () => read([{ name: 'x', datatype: 'FP32', shape: [1], data: ['1'] }])],
  ['a fraction among integers', () => read([{ name: 'x', datatype: 'INT32', shape: [1], data: [1.5] }])],
  ['more elements than its shape says', () => read([{ name: 'x', datatype: 'FP32', shape: [1], data: [1, 2] }])],
  ['neither data nor a size', () => read([{ name: 'x', datatype: 'FP32', shape: [1] }])],
  ['a datatype that is none', () => read([{ name: 'x', datatype: 'FP8', shape: [1], data: [1] }])],
  ['no tensors', () => read([])],
  ['no JSON', () => readRequest(Buffer.from('{"inputs":'), undefined)],
  ['a length of its JSON beyond the body', () => readRequest(Buffer.from('{}'), '3')],
  ['a length of its JSON that is none', () => readRequest(Buffer.from('{}'), 'two')],
  [
    'shared memory',
    () => read([{ name: 'x', datatype: 'FP32', shape: [1], data: [1], parameters: { shared_memory_region: 'r' } }]),
  ],
  ['a shape of more elements than a request may have', () => binary('FP32', [maxElements + 1], new Uint8Array(4))],
])('a request with %s is refused', (_, act) => {
  expect(act).toThrow(expect.objectContaining({ status: 400, code: 'tensor-refused' }));
});
