import { isUtf8 } from 'node:buffer';
import type { Datatype } from '@bellwether/contracts';
import { numberOfBfloat16, numberOfFloat16 } from './half-precision.ts';
import { refuseTensor } from './refuse-tensor.ts';

type Fixed = Exclude<Datatype, 'BYTES'>;

/** Bytes of an element. */
const sizes: Readonly<Record<Fixed, number>> = {
  BOOL: 1,
  UINT8: 1,
  UINT16: 2,
  UINT32: 4,
  UINT64: 8,
  INT8: 1,
  INT16: 2,
  INT32: 4,
  INT64: 8,
  FP16: 2,
  BF16: 2,
  FP32: 4,
  FP64: 8,
};

type Value = number | bigint | boolean;

const readers: Readonly<Record<Fixed, (bytes: Buffer, at: number) => Value>> = {
  BOOL: (bytes, at) => bytes[at] !== 0,
  UINT8: (bytes, at) => bytes.readUInt8(at),
  UINT16: (bytes, at) => bytes.readUInt16LE(at),
  UINT32: (bytes, at) => bytes.readUInt32LE(at),
  UINT64: (bytes, at) => bytes.readBigUInt64LE(at),
  INT8: (bytes, at) => bytes.readInt8(at),
  INT16: (bytes, at) => bytes.readInt16LE(at),
  INT32: (bytes, at) => bytes.readInt32LE(at),
  INT64: (bytes, at) => bytes.readBigInt64LE(at),
  FP16: (bytes, at) => numberOfFloat16(bytes.readUInt16LE(at)),
  BF16: (bytes, at) => numberOfBfloat16(bytes.readUInt16LE(at)),
  FP32: (bytes, at) => bytes.readFloatLE(at),
  FP64: (bytes, at) => bytes.readDoubleLE(at),
};

function readTexts(bytes: Buffer, count: number, name: string): string[] {
  const texts: string[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    const start = at + 4;
    const end = start > bytes.length ? Number.POSITIVE_INFINITY : start + bytes.readUInt32LE(at);
    if (end > bytes.length) {
      throw refuseTensor(
        `Element ${i} of "${name}" reaches beyond the ${bytes.length} bytes of its tensor.`,
        'Write each element as its length in 4 little-endian bytes, then its bytes.',
      );
    }
    const text = bytes.subarray(start, end);
    if (!isUtf8(text)) throw refuseTensor(`Element ${i} of "${name}" is not UTF-8.`, 'Encode texts as UTF-8.');
    texts.push(text.toString());
    at = end;
  }
  if (at !== bytes.length) {
    throw refuseTensor(
      `"${name}" has ${bytes.length - at} bytes more than its ${count} elements.`,
      'Let its shape say how many elements there are.',
    );
  }
  return texts;
}

/**
 * The elements of a tensor in the binary extension's form: little-endian, row by row, without gaps. 64-bit integers
 * come as bigints, so that long ids are not rounded.
 *
 * @throws Problem `tensor-refused` when the bytes are more or fewer than `count` elements
 */
export function readBinaryValues(
  bytes: Buffer,
  { name, datatype, count }: { readonly name: string; readonly datatype: Datatype; readonly count: number },
): readonly (Value | string)[] {
  if (datatype === 'BYTES') return readTexts(bytes, count, name);
  const size = sizes[datatype];
  if (bytes.length !== count * size) {
    throw refuseTensor(
      `"${name}" has ${bytes.length} bytes, and ${count} elements of ${datatype} take ${count * size}.`,
      'Let shape, datatype and binary_data_size agree.',
    );
  }
  const read = readers[datatype];
  return Array.from({ length: count }, (_, i) => read(bytes, i * size));
}

const textBytes = (value: unknown): Buffer => {
  const text = Buffer.from(String(value));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text]);
};

/** Elements in the binary extension's form, of the datatypes that predictions have. */
export function writeBinaryValues(values: readonly unknown[], datatype: 'BOOL' | 'INT64' | 'FP64' | 'BYTES'): Buffer {
  if (datatype === 'BYTES') return Buffer.concat(values.map(textBytes));
  const bytes = Buffer.alloc(values.length * sizes[datatype]);
  for (const [i, value] of values.entries()) {
    if (datatype === 'BOOL') bytes[i] = value === true ? 1 : 0;
    else if (datatype === 'FP64') bytes.writeDoubleLE(value as number, i * 8);
    else bytes.writeBigInt64LE(BigInt(value as number), i * 8);
  }
  return bytes;
}
