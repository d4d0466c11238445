import { isUtf8 } from 'node:buffer';
import { type Datatype, InferenceRequest, type InputTensor } from '@bellwether/contracts';
import { z } from 'zod';
import { readBinaryValues } from './binary-values.ts';
import { readJsonValues } from './json-values.ts';
import { refuseTensor } from './refuse-tensor.ts';

/** Elements of all tensors together: more would hold up other requests for too long. */
export const maxElements = 2_000_000;

/** A tensor with its elements, row by row. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: Datatype;
  readonly values: readonly unknown[];
}

export interface OutputWish {
  readonly name: string;
  readonly binary: boolean;
}

/** What is asked, whatever form it came in. */
export interface Inference {
  readonly id?: string;
  readonly tensors: readonly Tensor[];
  /** absent: all outputs */
  readonly outputs?: readonly OutputWish[];
  /** of outputs that are not named */
  readonly binary: boolean;
}

function headerLength(given: string | undefined, { length }: Buffer): number {
  if (given === undefined) return length;
  if (/^\d{1,10}$/.test(given) && Number(given) <= length) return Number(given);
  throw refuseTensor(
    `Inference-Header-Content-Length is ${given.slice(0, 40)}, and the body has ${length} bytes.`,
    'Give the number of bytes of the JSON part.',
  );
}

function parseHeader(bytes: Buffer): InferenceRequest {
  let json: unknown;
  try {
    if (!isUtf8(bytes)) throw new SyntaxError('it is not UTF-8');
    json = JSON.parse(bytes.toString());
  } catch (error) {
    throw refuseTensor(
      `The request is not JSON: ${(error as Error).message}.`,
      'With binary tensors behind the JSON, give its length as Inference-Header-Content-Length.',
    );
  }
  const { data, error } = InferenceRequest.safeParse(json);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  const field = z.core.toDotPath(issue?.path ?? []);
  throw refuseTensor(`${field === '' ? 'The request' : field}: ${issue?.message}.`, 'See /docs for its form.', field);
}

function refuseSharedMemory({ name, parameters }: { name: string; parameters?: Record<string, unknown> | undefined }) {
  if (parameters === undefined) return;
  for (const key of ['shared_memory_region', 'classification']) {
    if (!Object.hasOwn(parameters, key)) continue;
    throw refuseTensor(`"${name}" asks for ${key}, an extension that is not here.`, `Leave ${key} out.`);
  }
}

/** Hands out the bytes behind the JSON in the order of the tensors. */
function binaryPart(bytes: Buffer) {
  let at = 0;
  return {
    take(size: unknown, name: string): Buffer {
      if (typeof size !== 'number' || !Number.isInteger(size) || size < 0 || at + size > bytes.length) {
        throw refuseTensor(
          `binary_data_size of "${name}" is ${String(size).slice(0, 40)}, and ${bytes.length - at} bytes are left.`,
          'Give the number of bytes that the tensor takes behind the JSON.',
        );
      }
      at += size;
      return bytes.subarray(at - size, at);
    },
    end(): void {
      if (at === bytes.length) return;
      throw refuseTensor(
        `${bytes.length - at} bytes behind the last tensor belong to none.`,
        'Give each binary tensor its binary_data_size.',
      );
    },
  };
}

/**
 * Reads a request of the Open Inference Protocol: JSON, and behind it the tensors that say `binary_data_size`.
 * https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/protocol/extension_binary_data.html
 *
 * @param jsonLength the header `Inference-Header-Content-Length`
 * @throws Problem `tensor-refused`
 */
export function readRequest(body: Buffer, jsonLength: string | undefined): Inference {
  const end = headerLength(jsonLength, body);
  const { id, parameters, inputs, outputs } = parseHeader(body.subarray(0, end));
  const binary = parameters?.binary_data_output === true;
  const rest = binaryPart(body.subarray(end));
  let elements = 0;
  const tensors = inputs.map(({ name, shape, datatype, parameters: own, data }: InputTensor): Tensor => {
    refuseSharedMemory({ name, parameters: own });
    const count = shape.reduce((product, size) => product * size, 1);
    elements += count;
    if (elements > maxElements) {
      throw refuseTensor(`The tensors have more than ${maxElements} elements.`, 'Send fewer rows in one request.');
    }
    const size = own?.binary_data_size;
    if ((size === undefined) === (data === undefined)) {
      throw refuseTensor(
        `"${name}" has ${data === undefined ? 'neither' : 'both'} data and binary_data_size.`,
        'Give one.',
      );
    }
    const tensor = { name, datatype, count };
    const values = data === undefined ? readBinaryValues(rest.take(size, name), tensor) : readJsonValues(data, tensor);
    return { name, shape, datatype, values };
  });
  rest.end();
  const wishes = outputs?.map(({ name, parameters: own }): OutputWish => {
    refuseSharedMemory({ name, parameters: own });
    return { name, binary: own?.binary_data === undefined ? binary : own.binary_data === true };
  });
  return {
    ...(id === undefined ? {} : { id }),
    tensors,
    ...(wishes === undefined || wishes.length === 0 ? {} : { outputs: wishes }),
    binary,
  };
}
