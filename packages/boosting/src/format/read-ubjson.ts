import { refuse } from './refusal.ts';

/** What a document is made of. Arrays of one numeric type are typed arrays. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Value[]
  | { [key: string]: Value }
  | Float32Array
  | Float64Array
  | Int32Array;

/** XGBoost's documents are 8 levels deep. */
const deepest = 32;

/** Each takes more memory than bytes in the file; a model has about twenty a tree. */
const mostValues = 10_000_000;

const codes = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const [i8, u8, i16, i32, i64, f32, f64] = codes('iUIlLdD') as [number, number, number, number, number, number, number];
const [text, char, nil, yes, no, noop] = codes('SCZTFN') as [number, number, number, number, number, number];
const [arrayStart, arrayEnd, objectStart, objectEnd] = codes('[]{}') as [number, number, number, number];
const [typed, counted] = codes('$#') as [number, number];

const sizes = new Map([
  [i8, 1],
  [u8, 1],
  [i16, 2],
  [i32, 4],
  [i64, 8],
  [f32, 4],
  [f64, 8],
]);

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads Universal Binary JSON, as XGBoost writes it: numbers big-endian, `[$d#` arrays of one type. Nothing is
 * allocated that is larger than the bytes that are there.
 *
 * @throws Problem `booster-refused`
 */
export const readUbjson = (bytes: Uint8Array): Value => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  const take = (length: number): number => {
    if (length > bytes.length - at) throw refuse(`it is cut off after ${bytes.length} bytes`);
    at += length;
    return at - length;
  };
  const byte = (): number => bytes[take(1)] as number;
  const peek = (): number => bytes[at] ?? -1;

  const number = (type: number): number => {
    const from = take(sizes.get(type) ?? 0);
    if (type === i8) return view.getInt8(from);
    if (type === u8) return view.getUint8(from);
    if (type === i16) return view.getInt16(from);
    if (type === i32) return view.getInt32(from);
    if (type === i64) return Number(view.getBigInt64(from));
    return type === f32 ? view.getFloat32(from) : view.getFloat64(from);
  };

  const length = (): number => {
    const type = byte();
    const value = sizes.has(type) && type !== f32 && type !== f64 ? number(type) : -1;
    if (!(value >= 0)) throw refuse(`byte ${at} is no length`);
    return value;
  };

  const string = (): string => {
    const size = length();
    const from = take(size);
    try {
      return decoder.decode(bytes.subarray(from, from + size));
    } catch {
      throw refuse(`the text at byte ${from} is no UTF-8`);
    }
  };

  const typedArray = (type: number, count: number): Value => {
    const size = sizes.get(type);
    if (size === undefined) throw refuse(`byte ${at} begins an array of no numbers`);
    if (count * size > bytes.length - at) throw refuse(`it is cut off after ${bytes.length} bytes`);
    if (type === f32) return Float32Array.from({ length: count }, () => number(type));
    if (type === f64 || type === i64) return Float64Array.from({ length: count }, () => number(type));
    return Int32Array.from({ length: count }, () => number(type));
  };

  const array = (depth: number): Value => {
    if (peek() === typed) {
      at++;
      const type = byte();
      if (byte() !== counted) throw refuse(`byte ${at} is no count`);
      return typedArray(type, length());
    }
    const items: Value[] = [];
    if (peek() === counted) {
      at++;
      // An item has one byte at least: `value` runs out of bytes before the array runs out of memory.
      for (let left = length(); left > 0; left--) items.push(value(byte(), depth + 1));
      return items;
    }
    while (peek() !== arrayEnd) items.push(value(byte(), depth + 1));
    at++;
    return items;
  };

  const object = (depth: number): Value => {
    const entries: [string, Value][] = [];
    const entry = (): void => {
      const key = string();
      entries.push([key, value(byte(), depth + 1)]);
    };
    if (peek() === counted) {
      at++;
      for (let left = length(); left > 0; left--) entry();
    } else {
      while (peek() !== objectEnd) entry();
      at++;
    }
    // Not by assignment, to which `__proto__` means something else.
    return Object.fromEntries(entries);
  };

  let values = 0;
  const value = (type: number, depth: number): Value => {
    if (++values > mostValues) throw refuse(`it has more than ${mostValues} values outside of arrays of numbers`);
    if (depth > deepest) throw refuse(`it is nested more than ${deepest} levels deep`);
    if (sizes.has(type)) return number(type);
    switch (type) {
      case text:
        return string();
      case char:
        return String.fromCharCode(byte());
      case nil:
        return null;
      case yes:
      case no:
        return type === yes;
      case noop:
        return value(byte(), depth + 1);
      case arrayStart:
        return array(depth);
      case objectStart:
        return object(depth);
      default:
        throw refuse(`byte ${at} is of an unknown type`);
    }
  };

  const root = value(byte(), 0);
  if (at !== bytes.length) throw refuse(`it goes on after its end, at byte ${at}`);
  return root;
};
