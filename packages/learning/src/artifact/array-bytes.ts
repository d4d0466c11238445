import { endianness } from 'node:os';
import { type ArrayType, arrayTypeOf, arrayTypes, type NumberArray } from '../learners/learned-parameters.ts';

/** Arrays are stored in little-endian order; a big-endian machine has to swap. */
const swap = (bytes: Buffer, type: ArrayType): Buffer => {
  if (endianness() === 'LE' || type === 'u8') return bytes;
  return type === 'f64' ? bytes.swap64() : bytes.swap32();
};

export const bytesOfArray = (array: NumberArray): Uint8Array =>
  swap(Buffer.from(new Uint8Array(array.buffer, array.byteOffset, array.byteLength)), arrayTypeOf(array));

/** The numbers in a copy of the bytes, whose length must fit. */
export const arrayOfBytes = (bytes: Uint8Array, type: ArrayType): NumberArray => {
  const copy = swap(Buffer.from(bytes), type);
  const aligned = new Uint8Array(copy).buffer;
  return new arrayTypes[type](aligned);
};
