import { readUbjson, type Value } from './read-ubjson.ts';
import { refuse } from './refusal.ts';

const startsWith = (bytes: Uint8Array, start: string): boolean =>
  start.split('').every((letter, i) => bytes[i] === letter.charCodeAt(0));

/** The first byte after blanks. */
const firstByteAfter = (bytes: Uint8Array, from: number): number => {
  let at = from;
  while (at < bytes.length && [0x20, 0x09, 0x0a, 0x0d].includes(bytes[at] as number)) at++;
  return bytes[at] ?? -1;
};

const quote = '"'.charCodeAt(0);
const brace = '{'.charCodeAt(0);

const readJson = (bytes: Uint8Array): Value => {
  refuseLarge(bytes, 'json');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Value;
  } catch {
    throw refuse('it begins as JSON and is none', 'Save it anew: booster.save_model("model.ubj").');
  }
};

/** A parsed text can take ten times its bytes of memory, so texts have a lower limit. */
const mostBytes = { json: 128 * 2 ** 20, ubjson: 512 * 2 ** 20 };

const refuseLarge = (bytes: Uint8Array, format: keyof typeof mostBytes): void => {
  if (bytes.length <= mostBytes[format]) return;
  throw refuse(
    `it has ${bytes.length} bytes, ${mostBytes[format]} at most as ${format}`,
    'Save it as UBJSON, which is smaller, or train fewer or smaller trees.',
  );
};

/** Formats that cannot be read, by their first bytes. */
const refuseByStart = (bytes: Uint8Array): void => {
  if (bytes.length === 0) throw refuse('it is empty');
  if (startsWith(bytes, '\x1f\x8b')) throw refuse('it is compressed', 'Unpack it first: `tar -xzf model.tar.gz`.');
  // Protocol 2 and later; "c" and "(" begin the older ones.
  if (startsWith(bytes, '\x80') || startsWith(bytes, 'ccopy') || startsWith(bytes, '(i')) {
    throw refuse(
      'it is a Python pickle, which can hold any program',
      'Unpickle it where you trust it, and save it anew: model.save_model("model.ubj").',
    );
  }
};

/**
 * The document in a model file, JSON or UBJSON by its first bytes.
 * @throws Problem `booster-refused` for all else, with how to save it anew
 */
export const readDocument = (bytes: Uint8Array): Value => {
  refuseByStart(bytes);
  if (bytes[0] === brace) {
    const next = firstByteAfter(bytes, 1);
    if (next === quote || next === '}'.charCodeAt(0)) return readJson(bytes);
    refuseLarge(bytes, 'ubjson');
    return readUbjson(bytes);
  }
  if (firstByteAfter(bytes, 0) === brace) return readJson(bytes);
  throw refuse("it is in XGBoost's old binary format, or in none of XGBoost's");
};
