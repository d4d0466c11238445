import type { Document } from './document.ts';

const encoder = new TextEncoder();

/** Bytes that grow. */
const createSink = () => {
  let bytes = new Uint8Array(1 << 16);
  let view = new DataView(bytes.buffer);
  let length = 0;
  const reserve = (extra: number): number => {
    if (length + extra > bytes.length) {
      const larger = new Uint8Array(Math.max(2 * bytes.length, length + extra));
      larger.set(bytes.subarray(0, length));
      bytes = larger;
      view = new DataView(bytes.buffer);
    }
    length += extra;
    return length - extra;
  };
  return {
    text: (value: string) => {
      const encoded = encoder.encode(value);
      const at = reserve(encoded.length);
      bytes.set(encoded, at);
    },
    // The view first: reserving may replace it.
    float: (value: number) => {
      const at = reserve(4);
      view.setFloat32(at, value);
    },
    integer: (value: number) => {
      const at = reserve(4);
      view.setInt32(at, value);
    },
    byte: (value: number) => {
      const at = reserve(1);
      view.setUint8(at, value);
    },
    long: (value: number | bigint) => {
      const at = reserve(8);
      view.setBigInt64(at, BigInt(value));
    },
    done: () => bytes.slice(0, length),
  };
};
type Sink = ReturnType<typeof createSink>;

const writeLength = (sink: Sink, length: number): void => {
  sink.text('L');
  sink.long(length);
};

const writeText = (sink: Sink, value: string): void => {
  writeLength(sink, encoder.encode(value).length);
  sink.text(value);
};

const writeNumbers = <Item>(sink: Sink, type: string, values: ArrayLike<Item>, write: (value: Item) => void): void => {
  sink.text(`[$${type}#`);
  writeLength(sink, values.length);
  for (let i = 0; i < values.length; i++) write(values[i] as Item);
};

const writeValue = (sink: Sink, value: Document): void => {
  if (typeof value === 'string') {
    sink.text('S');
    writeText(sink, value);
  } else if (typeof value === 'number') {
    sink.text('l');
    sink.integer(value);
  } else if (value instanceof Float32Array) writeNumbers(sink, 'd', value, sink.float);
  else if (value instanceof Int32Array) writeNumbers(sink, 'l', value, sink.integer);
  else if (value instanceof BigInt64Array) writeNumbers(sink, 'L', value, sink.long);
  else if (value instanceof Uint8Array) writeNumbers(sink, 'U', value, sink.byte);
  else if (Array.isArray(value)) {
    sink.text('[#');
    writeLength(sink, value.length);
    for (const item of value) writeValue(sink, item);
  } else {
    sink.text('{');
    for (const [key, item] of Object.entries(value)) {
      writeText(sink, key);
      writeValue(sink, item);
    }
    sink.text('}');
  }
};

/** Writes Universal Binary JSON in the form that XGBoost reads: counted arrays, lengths of 8 bytes. */
export const writeUbjson = (document: Document): Uint8Array => {
  const sink = createSink();
  writeValue(sink, document);
  return sink.done();
};
