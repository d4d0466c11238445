export interface ArrayToWrite {
  readonly descr: string;
  readonly shape: readonly number[];
  readonly fortranOrder?: boolean;
  readonly version?: 1 | 2 | 3;
  /** in the order of the file */
  readonly values: readonly (number | bigint)[];
}

const setters: Readonly<Record<string, (view: DataView, offset: number, value: never, little: boolean) => void>> = {
  f2: (view, offset, bits: number, little) => view.setUint16(offset, bits, little),
  f4: (view, offset, value: number, little) => view.setFloat32(offset, value, little),
  f8: (view, offset, value: number, little) => view.setFloat64(offset, value, little),
  i1: (view, offset, value: number) => view.setInt8(offset, value),
  i2: (view, offset, value: number, little) => view.setInt16(offset, value, little),
  i4: (view, offset, value: number, little) => view.setInt32(offset, value, little),
  i8: (view, offset, value: bigint, little) => view.setBigInt64(offset, value, little),
  u1: (view, offset, value: number) => view.setUint8(offset, value),
  u2: (view, offset, value: number, little) => view.setUint16(offset, value, little),
  u4: (view, offset, value: number, little) => view.setUint32(offset, value, little),
  u8: (view, offset, value: bigint, little) => view.setBigUint64(offset, value, little),
  b1: (view, offset, value: number) => view.setUint8(offset, value),
};

/** The header of a .npy file as numpy writes it, with any dictionary. */
export function npyHeader(dictionary: string, version = 1): Buffer {
  const prefix = version === 1 ? 10 : 12;
  const text = `${dictionary.padEnd(64 * Math.ceil((dictionary.length + prefix + 1) / 64) - prefix - 1)}\n`;
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), version, 0, 0, 0, 0, 0]).subarray(0, prefix);
  if (version === 1) start.writeUInt16LE(text.length, 8);
  else start.writeUInt32LE(text.length, 8);
  return Buffer.concat([start, Buffer.from(text)]);
}

/** A .npy file. Half floats are given by their bits. */
export function npyBytes({ descr, shape, fortranOrder = false, version = 1, values }: ArrayToWrite): Buffer {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const order = fortranOrder ? 'True' : 'False';
  const header = npyHeader(`{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${tuple}), }`, version);
  const size = Number(descr.slice(2));
  const view = new DataView(new ArrayBuffer(values.length * size));
  const set = setters[descr.slice(1)];
  for (const [index, value] of values.entries()) set?.(view, index * size, value as never, descr[0] !== '>');
  return Buffer.concat([header, Buffer.from(view.buffer)]);
}
