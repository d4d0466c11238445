/** Marks a file of ours, and which layout of it. */
const magic = 0x42574631;

interface Packing {
  readonly arrays: (Float64Array | Uint8Array)[];
}

/** Typed arrays leave the JSON for their place in the list. */
const replaced = (value: unknown, packing: Packing): unknown => {
  if (ArrayBuffer.isView(value)) {
    const isBytes = 'BYTES_PER_ELEMENT' in value && value.BYTES_PER_ELEMENT === 1;
    packing.arrays.push(value as Float64Array | Uint8Array);
    return { $array: packing.arrays.length - 1, bytes: isBytes };
  }
  if (Array.isArray(value)) return value.map((one) => replaced(one, packing));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, packing)]));
};

const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/**
 * Plain data with Float64Arrays and Uint8Arrays in it as bytes: a head of 16 bytes, JSON, and the arrays' own bytes
 * (little-endian), 8-aligned. JSON alone would lose NaN and be four times as long.
 */
export const pack = (value: unknown): Uint8Array => {
  const packing: Packing = { arrays: [] };
  const shape = replaced(value, packing);
  const lengths = packing.arrays.map(({ byteLength }) => byteLength);
  const json = new TextEncoder().encode(JSON.stringify({ shape, lengths }));
  const start = 16 + aligned(json.length);
  const bytes = new Uint8Array(start + lengths.reduce((sum, length) => sum + aligned(length), 0));
  const head = new DataView(bytes.buffer);
  head.setUint32(0, magic, true);
  head.setUint32(4, json.length, true);
  bytes.set(json, 16);
  let at = start;
  for (const array of packing.arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += aligned(array.byteLength);
  }
  return bytes;
};

interface Place {
  readonly $array: number;
  readonly bytes: boolean;
}

const isPlace = (value: object): value is Place => '$array' in value;

const restored = (value: unknown, arrayAt: (place: Place) => Float64Array | Uint8Array): unknown => {
  if (Array.isArray(value)) return value.map((one) => restored(one, arrayAt));
  if (typeof value !== 'object' || value === null) return value;
  if (isPlace(value)) return arrayAt(value);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, restored(one, arrayAt)]));
};

/**
 * Inverse of `pack`.
 *
 * @throws RangeError for bytes that `pack` did not write
 */
export const unpack = (bytes: Uint8Array): unknown => {
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 16 || head.getUint32(0, true) !== magic) throw new RangeError('These bytes are no packed data.');
  const jsonLength = head.getUint32(4, true);
  const json = new TextDecoder().decode(bytes.subarray(16, 16 + jsonLength));
  const { shape, lengths } = JSON.parse(json) as { shape: unknown; lengths: readonly number[] };
  const starts: number[] = [];
  let at = 16 + aligned(jsonLength);
  for (const length of lengths) {
    starts.push(at);
    at += aligned(length);
  }
  if (at > bytes.length) throw new RangeError('These bytes are cut off.');
  return restored(shape, ({ $array, bytes: isBytes }) => {
    // A copy of its own, since floats have to be aligned; not by `slice`, which copies nothing where the bytes are a Buffer.
    const start = starts[$array] as number;
    const copy = new Uint8Array(bytes.subarray(start, start + (lengths[$array] as number)));
    return isBytes ? copy : new Float64Array(copy.buffer, 0, copy.length / 8);
  });
};
