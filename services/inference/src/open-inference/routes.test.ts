import { gzipSync } from 'node:zlib';
import type { InferenceResponse } from '@bellwether/contracts';
import { requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { artifactOf, inferenceCase, keyOf } from '../../test/inference-case.ts';
import { maxUnpackedBytes } from './decode-body.ts';
import { maxRows } from './instances-of-tensors.ts';
import { openInfer, openInferByVersion, openModelMetadata, openVersionReady } from './routes.ts';

type Infer = Parameters<typeof openInfer>[0];
type InferByVersion = Parameters<typeof openInferByVersion>[0];
type Json = { body: InferenceResponse };

const asked = (body: unknown, headers: Record<string, string> = {}) =>
  requested<Infer>({
    params: { name: 'm' },
    bytes: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)),
    header: (name: string) => headers[name],
  });

const column = (name: string, data: unknown[], datatype = 'FP64') => ({ name, datatype, shape: [data.length], data });

/** Version 1 predicts x + y + 20. */
async function linearCase() {
  const inference = await inferenceCase();
  await inference.store.put(keyOf(1), await artifactOf(20, 'linear'));
  return inference;
}

async function predictionsOf(inputs: unknown, deps: Parameters<typeof openInfer>[1]) {
  const { body } = (await openInfer(asked({ inputs }), deps)) as Json;
  return body.outputs[0]?.data?.map((value) => Number((value as number).toFixed(9)));
}

test('one tensor a column, in any order, predicts as instances do', async () => {
  await using inference = await linearCase();

  const answer = await openInfer(
    asked({ id: '7', inputs: [column('y', [0, 1]), column('x', [1, 2])] }),
    inference.deps,
  );

  expect(answer).toEqual({
    body: {
      id: '7',
      model_name: 'm',
      model_version: '1',
      outputs: [
        { name: 'predict', datatype: 'FP64', shape: [2], data: [expect.closeTo(21, 9), expect.closeTo(23, 9)] },
      ],
    },
  });
});

test.each([
  ['a column of the shape [rows, 1]', [{ ...column('x', [1, 2]), shape: [2, 1] }, column('y', [0, 1])]],
  ['one tensor of two dimensions', [{ name: 'input-0', datatype: 'FP32', shape: [2, 2], data: [1, 0, 2, 1] }]],
  ['numbers as texts', [column('x', ['1', '2'], 'BYTES'), column('y', [0, 1], 'INT64')]],
])('%s is the same', async (_, inputs) => {
  await using inference = await linearCase();
  expect(await predictionsOf(inputs, inference.deps)).toEqual([21, 23]);
});

test('binary tensors are answered in binary when all outputs are wished so', async () => {
  await using inference = await linearCase();
  const input = (name: string) => ({ name, datatype: 'FP32', shape: [2], parameters: { binary_data_size: 8 } });
  const header = Buffer.from(
    JSON.stringify({ inputs: [input('x'), input('y')], parameters: { binary_data_output: true } }),
  );
  const body = Buffer.concat([header, Buffer.from(Float32Array.of(1, 2, 0, 1).buffer)]);
  const request = asked(body, { 'inference-header-content-length': String(header.length) });

  const answer = await openInfer(request, inference.deps);

  const { headers = {}, stream } = answer as { headers: Record<string, string>; stream: AsyncIterable<Uint8Array> };
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const length = Number(headers['inference-header-content-length']);
  expect(headers['content-length']).toBe(String(bytes.length));
  expect(JSON.parse(bytes.subarray(0, length).toString()).outputs).toEqual([
    { name: 'predict', datatype: 'FP64', shape: [2], parameters: { binary_data_size: 16 } },
  ]);
  expect(bytes.readDoubleLE(length)).toBeCloseTo(21, 9);
  expect(bytes.readDoubleLE(length + 8)).toBeCloseTo(23, 9);
});

test('a version is asked by its number', async () => {
  await using inference = await inferenceCase();
  const request = { ...asked({ inputs: [column('x', [1]), column('y', [1])] }), params: { name: 'm', version: 2 } };

  const { body } = (await openInferByVersion(request as unknown as InferByVersion, inference.deps)) as Json;

  expect(body).toMatchObject({ model_version: '2', outputs: [{ data: [20] }] });
});

test('a compressed body is unpacked, and not without bounds', async () => {
  await using inference = await linearCase();
  const gzip = { 'content-encoding': 'gzip' };
  const packed = gzipSync(JSON.stringify({ inputs: [column('x', [1]), column('y', [0])] }));
  const bomb = gzipSync(Buffer.alloc(maxUnpackedBytes + 1));

  expect(await openInfer(asked(packed, gzip), inference.deps)).toMatchObject({ body: { model_version: '1' } });
  await expect(openInfer(asked(bomb, gzip), inference.deps)).rejects.toMatchObject({ code: 'body-too-large' });
  await expect(openInfer(asked({}, gzip), inference.deps)).rejects.toMatchObject({ code: 'malformed-body' });
  await expect(openInfer(asked({}, { 'content-encoding': 'br' }), inference.deps)).rejects.toMatchObject({
    status: 415,
  });
});

test.each([
  ['an input that the model does not have', [column('x', [1]), column('z', [1])], 'no input "z"'],
  ['a missing input', [column('x', [1])], 'no tensor "y"'],
  ['an input that is there twice', [column('x', [1]), column('x', [1])], 'there twice'],
  ['columns of different lengths', [column('x', [1]), column('y', [1, 2])], '"y" has 2 rows'],
  ['a column of several dimensions', [{ ...column('x', [1, 2]), shape: [1, 2] }, column('y', [1])], '[1, 2]'],
  ['too few columns', [{ name: 'a', datatype: 'FP32', shape: [1, 1], data: [1] }], '1 columns'],
  ['no rows', [column('x', []), column('y', [])], '0 rows'],
  ['a value that is no number', [column('x', ['one'], 'BYTES'), column('y', [0])], 'element 0 of "x"'],
])('%s is refused by its name', async (_, inputs, says) => {
  await using inference = await linearCase();
  await expect(openInfer(asked({ inputs }), inference.deps)).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining(says),
  });
});

test('more rows than a request may have are refused', async () => {
  await using inference = await linearCase();
  const many = new Array(maxRows + 1).fill(0);
  await expect(
    openInfer(asked({ inputs: [column('x', many), column('y', many)] }), inference.deps),
  ).rejects.toMatchObject({ code: 'tensor-refused' });
});

test('an output that the model does not have is refused', async () => {
  await using inference = await linearCase();
  const inputs = [column('x', [1]), column('y', [1])];
  await expect(openInfer(asked({ inputs, outputs: [{ name: 'scores' }] }), inference.deps)).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('no output "scores"'),
  });
});

test('a model says which tensors it takes and gives', async () => {
  await using inference = await inferenceCase();
  const request = requested<Parameters<typeof openModelMetadata>[0]>({ params: { name: 'm' } });

  expect(await openModelMetadata(request, inference.deps)).toEqual({
    body: {
      name: 'm',
      versions: ['1'],
      platform: 'bellwether_model',
      inputs: [
        { name: 'x', datatype: 'FP64', shape: [-1] },
        { name: 'y', datatype: 'FP64', shape: [-1] },
      ],
      outputs: [{ name: 'predict', datatype: 'FP64', shape: [-1] }],
    },
  });
});

test('a version that is not there is not ready', async () => {
  await using inference = await inferenceCase();
  const request = requested<Parameters<typeof openVersionReady>[0]>({ params: { name: 'm', version: 9 } });

  await expect(openVersionReady(request, inference.deps)).rejects.toMatchObject({ status: 404 });
});
