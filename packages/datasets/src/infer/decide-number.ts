import { asString, type Decision, type Finding } from './decision.ts';

export const numberMeasures = [
  'undefined',
  'infinite',
  'fractional',
  'smallest',
  'largest',
  'pointed',
  'zeroLed',
] as const;
export type NumberMeasure = (typeof numberMeasures)[number];

/** Below this every whole number is a double and a JavaScript number; 2^53 + 1 is read as 2^53. */
const exactBelow = 2 ** 53;

const undefinedOnes = (value: string): string => `count(*) FILTER (isnan(${value}))`;

/** SQL aggregate of how many numbers there are that are not NaN. */
export const countDefined = (value: string): string => `count(${value}) - ${undefinedOnes(value)}`;

/** The name of a column of numbers without those that are not finite, beside the column: made once for all aggregates. */
export const finiteName = (value: string): string => `${value}_finite`;

/** SQL of it. */
export const finite = (value: string): string => `CASE WHEN isfinite(${value}) THEN ${value} END`;

/**
 * SQL aggregates that tell what numbers a column holds.
 *
 * @param value name of the column as DOUBLE
 * @param text SQL of how they were written, if so
 */
export function measureNumber(value: string, text: string | undefined): Record<NumberMeasure, string> {
  const known = finiteName(value);
  const written = {
    pointed: `count(*) FILTER (contains(${text}, '.') OR contains(${text}, 'e') OR contains(${text}, 'E'))`,
    // 007 is a code; as a number it would lose its zeros. Few values begin with 0, and regular expressions are slow.
    zeroLed: `count(*) FILTER (CASE WHEN starts_with(${text}, '0') THEN regexp_full_match(${text}, '0\\d+') END)`,
  };
  return {
    undefined: undefinedOnes(value),
    infinite: `${countDefined(value)} - count(${known})`,
    fractional: `count(*) FILTER (${known} <> trunc(${known}))`,
    smallest: `min(${known})`,
    largest: `max(${known})`,
    ...(text === undefined ? { pointed: '0', zeroLed: '0' } : written),
  };
}

/** The same for numbers that are whole by their type. */
export const measureWhole = (value: string): Record<NumberMeasure, string> => ({
  undefined: '0',
  infinite: '0',
  fractional: '0',
  smallest: `min(${value})`,
  largest: `max(${value})`,
  pointed: '0',
  zeroLed: '0',
});

/** A column of numbers, as SQL over `raw`. */
export interface NumberColumn {
  /** as uploaded */
  readonly raw: string;
  /** as a DOUBLE, for tests of single values */
  readonly value: string;
  /** as stored. One function at most: each one takes a vector of 16 KiB for each of 2,000 columns, uncounted */
  stored(type: 'BIGINT' | 'DOUBLE'): string;
  /** whether whole numbers are known to be such by their type, or for text by how they are written */
  readonly integers: 'typed' | 'written' | 'unknown';
}

const infinite = (value: string, count: number): Finding => ({
  severity: 'error',
  code: 'infinite-value',
  count,
  message: 'is not finite',
  cure: 'Write nothing where there is no value, or the largest value that makes sense.',
  where: `isinf(${value})`,
});

const tooLarge = (value: string): Finding => ({
  severity: 'warning',
  code: 'integer-too-large',
  count: 1,
  message: 'is not below 2^53, from where whole numbers are no longer exact, so the column is kept as text',
  cure: 'Nothing, if it is an identifier; else write it as a decimal number.',
  where: `abs(${value}) >= ${exactBelow}`,
});

export function decideNumber(measured: Readonly<Record<NumberMeasure, unknown>>, column: NumberColumn): Decision {
  const { raw, value, integers } = column;
  const findings = Number(measured.infinite) === 0 ? [] : [infinite(value, Number(measured.infinite))];
  const extreme = Math.max(Math.abs(Number(measured.smallest)), Math.abs(Number(measured.largest)));
  const whole = Number(measured.fractional) === 0;
  if (whole && Number(measured.zeroLed) > 0) return asString(raw);
  if (whole && extreme >= exactBelow) {
    const exact = integers === 'typed' || (integers === 'written' && Number(measured.pointed) === 0);
    if (exact) return asString(raw, [tooLarge(value)]);
  }
  // NaN is read as missing
  const gaps = Number(measured.undefined) > 0;
  const number = gaps ? `nullif(${column.stored('DOUBLE')}, 'NaN'::DOUBLE)` : undefined;
  if (whole && extreme < exactBelow) {
    const sql = number === undefined ? column.stored('BIGINT') : `CAST(${number} AS BIGINT)`;
    return { kind: 'integer', sql, findings };
  }
  return { kind: 'numeric', sql: number ?? column.stored('DOUBLE'), findings };
}
