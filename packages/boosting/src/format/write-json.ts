import type { Document } from './document.ts';

/** The shortest text of a float32 that reads back as it; always with a point or an exponent, or it were an integer. */
const floatText = (value: number): string => {
  const short = Number(value.toPrecision(9));
  const text = Object.is(value, -0) ? '-0' : String(short);
  return /[.e]/.test(text) ? text : `${text}.0`;
};

/** Writes JSON in the form that XGBoost reads. */
export const writeJson = (document: Document): string => {
  if (typeof document === 'string' || typeof document === 'number') return JSON.stringify(document);
  if (document instanceof Float32Array) return `[${Array.from(document, floatText).join(',')}]`;
  if (ArrayBuffer.isView(document)) return `[${document.join(',')}]`;
  if (Array.isArray(document)) return `[${document.map(writeJson).join(',')}]`;
  return `{${Object.entries(document)
    .map(([key, value]) => `${JSON.stringify(key)}:${writeJson(value)}`)
    .join(',')}}`;
};
