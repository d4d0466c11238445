import type { RawType } from '../raw-table.ts';
import { asString, type Decision, type Finding } from './decision.ts';

export const numberMeasures = ['infinite', 'fractional', 'smallest', 'largest', 'pointed', 'zeroLed'] as const;
export type NumberMeasure = (typeof numberMeasures)[number];

/** Below this every whole number is a double and a JavaScript number; 2^53 + 1 is read as 2^53. */
const exactBelow = 2 ** 53;

/** SQL aggregates that tell what numbers a column holds. `value` is DOUBLE; `text` is how they were written, if so. */
export const measureNumber = (value: string, text: string | undefined): Record<NumberMeasure, string> => ({
  infinite: `count(*) FILTER (isinf(${value}))`,
  fractional: `count(*) FILTER (isfinite(${value}) AND ${value} <> trunc(${value}))`,
  smallest: `min(${value}) FILTER (isfinite(${value}))`,
  largest: `max(${value}) FILTER (isfinite(${value}))`,
  pointed: text === undefined ? '0' : `count(*) FILTER (contains(${text}, '.') OR contains(lower(${text}), 'e'))`,
  // 007 is a code; as a number it would lose its zeros
  zeroLed: text === undefined ? '0' : `count(*) FILTER (regexp_full_match(${text}, '0\\d+'))`,
});

/** @param value SQL of a DOUBLE over `raw`  @param raw SQL of the column as uploaded */
export function decideNumber(
  measured: Readonly<Record<NumberMeasure, unknown>>,
  value: string,
  raw: string,
  type: RawType,
): Decision {
  const infinite: Finding[] =
    Number(measured.infinite) === 0
      ? []
      : [
          {
            severity: 'error',
            code: 'infinite-value',
            count: Number(measured.infinite),
            message: 'is not finite',
            cure: 'Write nothing where there is no value, or the largest value that makes sense.',
            where: `isinf(${value})`,
          },
        ];
  const extreme = Math.max(Math.abs(Number(measured.smallest)), Math.abs(Number(measured.largest)));
  const whole = Number(measured.fractional) === 0;
  const written = type === 'untyped';
  if (whole && Number(measured.zeroLed) > 0) return asString(raw);
  if (whole && extreme < exactBelow) {
    const exact = type === 'integer' ? raw : `CASE WHEN isfinite(${value}) THEN ${value} END`;
    return { kind: 'integer', sql: `CAST(${exact} AS BIGINT)`, findings: infinite };
  }
  if (whole && (type === 'integer' || (written && Number(measured.pointed) === 0))) {
    return asString(raw, [
      {
        severity: 'warning',
        code: 'integer-too-large',
        count: 1,
        message: 'is not below 2^53, from whole numbers are no longer exact, so the column is kept as text',
        cure: 'Nothing, if it is an identifier; else write it as a decimal number.',
        where: `abs(${value}) >= ${exactBelow}`,
      },
    ]);
  }
  return { kind: 'numeric', sql: `CASE WHEN isfinite(${value}) THEN ${value} END`, findings: infinite };
}
