import { refuse } from '../problem.ts';

type Decode = (view: DataView, offset: number) => number | bigint | boolean | null;

export interface DType {
  readonly bytes: number;
  /** the type of its column in `raw` */
  readonly sqlType: 'DOUBLE' | 'BIGINT' | 'UBIGINT' | 'BOOLEAN';
  /** NaN, the missing value of arrays, is null */
  readonly decode: Decode;
}

/** IEEE 754 binary16. */
export function decodeHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

const present = (value: number): number | null => (Number.isNaN(value) ? null : value);

const decoders: Readonly<Record<string, (little: boolean) => Decode>> = {
  f2: (little) => (view, offset) => present(decodeHalf(view.getUint16(offset, little))),
  f4: (little) => (view, offset) => present(view.getFloat32(offset, little)),
  f8: (little) => (view, offset) => present(view.getFloat64(offset, little)),
  i1: () => (view, offset) => view.getInt8(offset),
  i2: (little) => (view, offset) => view.getInt16(offset, little),
  i4: (little) => (view, offset) => view.getInt32(offset, little),
  i8: (little) => (view, offset) => view.getBigInt64(offset, little),
  u1: () => (view, offset) => view.getUint8(offset),
  u2: (little) => (view, offset) => view.getUint16(offset, little),
  u4: (little) => (view, offset) => view.getUint32(offset, little),
  u8: (little) => (view, offset) => view.getBigUint64(offset, little),
  b1: () => (view, offset) => view.getUint8(offset) !== 0,
};

const sqlTypes: Readonly<Record<string, DType['sqlType']>> = { i8: 'BIGINT', u8: 'UBIGINT', b1: 'BOOLEAN' };

const refused: Readonly<Record<string, string>> = {
  O: 'holds Python objects, which are pickled; they are never loaded, since a pickle can run any program',
  U: 'holds strings',
  S: 'holds byte strings',
  V: 'is structured: its values have fields',
  c: 'holds complex numbers',
  M: 'holds dates',
  m: 'holds time spans',
};

/**
 * How to read the values that a `descr` of numpy's describes.
 *
 * @param descr such as `<f8`; undefined for a list of fields
 * @throws RefusedData `object-dtype` or `unsupported-dtype`
 */
export function dtypeOf(descr: string | undefined): DType {
  const [, order, kind = 'V', size = ''] = /^([<>|=]?)([A-Za-z?])(\d*)/.exec(descr ?? '') ?? [];
  const key = kind === '?' ? 'b1' : kind + size;
  const decoder = Object.hasOwn(decoders, key) ? decoders[key] : undefined;
  if (decoder === undefined) {
    const what = refused[kind] ?? `is of dtype ${descr}`;
    refuse(
      kind === 'O' ? 'object-dtype' : 'unsupported-dtype',
      `The array ${what}.`,
      'Save an array of numbers, for example `numpy.save(path, array.astype("<f8"))`, or upload CSV or Parquet.',
    );
  }
  return { bytes: Number(key.slice(1)), sqlType: sqlTypes[key] ?? 'DOUBLE', decode: decoder(order !== '>') };
}
