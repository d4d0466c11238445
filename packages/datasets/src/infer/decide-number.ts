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

/** SQL aggregates that tell what numbers a column holds. `value` is DOUBLE; `text` is how they were written, if so. */
export const measureNumber = (value: string, text: string | undefined): Record<NumberMeasure, string> => ({
  undefined: `count(*) FILTER (isnan(${value}))`,
  infinite: `count(*) FILTER (isinf(${value}))`,
  fractional: `count(*) FILTER (isfinite(${value}) AND ${value} <> trunc(${value}))`,
  smallest: `min(${value}) FILTER (isfinite(${value}))`,
  largest: `max(${value}) FILTER (isfinite(${value}))`,
  pointed:
    text === undefined
      ? '0'
      : `count(*) FILTER (contains(${text}, '.') OR contains(${text}, 'e') OR contains(${text}, 'E'))`,
  // 007 is a code; as a number it would lose its zeros. Few values begin with 0, and regular expressions are slow.
  zeroLed:
    text === undefined
      ? '0'
      : `count(*) FILTER (CASE WHEN starts_with(${text}, '0') THEN regexp_full_match(${text}, '0\\d+') END)`,
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
