import type { InferenceResponse, OutputTensor } from '@bellwether/contracts';
import { writeBinaryValues } from './binary-values.ts';
import type { Output } from './output-tensors.ts';

/** An answer: JSON alone, or JSON and the tensors that were asked for in binary behind it. */
export type Response =
  | { readonly body: InferenceResponse }
  | { readonly headers: Readonly<Record<string, string>>; readonly stream: AsyncIterable<Uint8Array> };

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Writes an answer in the form that each output was wished in. */
export function writeResponse(
  head: Omit<InferenceResponse, 'outputs'>,
  wished: readonly { readonly output: Output; readonly binary: boolean }[],
): Response {
  const tail: Buffer[] = [];
  const outputs = wished.map(({ output: { name, datatype, shape, values }, binary }): OutputTensor => {
    const tensor = { name, datatype, shape: [...shape] };
    if (!binary) return { ...tensor, data: values };
    const bytes = writeBinaryValues(values, datatype);
    tail.push(bytes);
    return { ...tensor, parameters: { binary_data_size: bytes.length } };
  });
  const body: InferenceResponse = { ...head, outputs };
  if (tail.length === 0) return { body };
  const json = Buffer.from(JSON.stringify(body));
  const bytes = Buffer.concat([json, ...tail]);
  return {
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(bytes.length),
      'inference-header-content-length': String(json.length),
    },
    stream: whole(bytes),
  };
}
