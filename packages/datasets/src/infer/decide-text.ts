import { decideNumber, type NumberMeasure } from './decide-number.ts';
import { asString, type Decision, type Finding } from './decision.ts';
import { type GroupedDigits, isGroupedDigits } from './grouped-digits.ts';
import type { Reading } from './reading.ts';
import { swappedReading } from './timestamp-readings.ts';

/** From this share on, what does not fit is taken for a slip in a column of numbers or times, and must be mended. */
const slipsBelow = 0.95;

const noun = { number: 'a number', timestamp: 'a date or time', boolean: 'a truth value' } as const;

export interface TextMeasures {
  /** values that are not missing */
  readonly present: number;
  /** how many of them each candidate reads, by its id */
  readonly fits: Readonly<Record<string, number>>;
  /** of the numbers as each candidate reads them, by its id */
  readonly numbers: Readonly<Record<string, Readonly<Record<NumberMeasure, unknown>>>>;
  /** how many of the times as each candidate reads them are first days of months, by its id; 0 within a year */
  readonly firstDays: Readonly<Record<string, number>>;
}

function misfits(reading: Reading, count: number, column: string, slips: boolean): Finding {
  const where = `${column} IS NOT NULL AND (${reading.sql(column)}) IS NULL`;
  return slips
    ? {
        severity: 'error',
        code: 'bad-value',
        count,
        message: `is not ${noun[reading.kind]}, as nearly all the others in the column are`,
        cure: 'Mend it, or leave it empty if it is missing.',
        where,
      }
    : {
        severity: 'warning',
        code: 'mixed-values',
        count,
        message: `is not ${noun[reading.kind]}, as most others in the column are, so the column is kept as text`,
        cure: 'Leave such values empty if they stand for missing ones, and upload the file again.',
        where,
      };
}

function ambiguousDate(reading: Reading, tied: readonly Reading[], column: string, present: number): Finding[] {
  const other = swappedReading(reading.id);
  if (!tied.some(({ id }) => id === other)) return [];
  return [
    {
      severity: 'warning',
      code: 'ambiguous-date',
      count: present,
      message: `can be read with the month or the day first; it was read as ${reading.id.replaceAll('%', '').toUpperCase()}`,
      cure: 'Write dates as 2024-12-31.',
      where: `${column} IS NOT NULL`,
    },
  ];
}

function separated({ ungrouped, isGrouped }: GroupedDigits, count: number, column: string): Finding {
  return {
    severity: 'warning',
    code: 'thousands-separators',
    count,
    message: 'is written with thousands separators, and was read as a number',
    cure: 'Nothing, if it is one. To be sure, write numbers without separators.',
    where: `${isGrouped(column)} AND (${ungrouped.sql(column)}) IS NULL`,
  };
}

/**
 * Of two readings that take day and month one for the other, the one by which all values are first days of months, over
 * years: by the other all would be of January, each year anew.
 */
function asMonths(tied: readonly Reading[], most: number, { firstDays }: TextMeasures): Reading | undefined {
  const areFirst = ({ id }: Pick<Reading, 'id'>) => most > 0 && firstDays[id] === most;
  return tied.find((reading) => {
    const other = tied.find(({ id }) => id === swappedReading(reading.id));
    return other !== undefined && areFirst(reading) && !areFirst(other);
  });
}

/**
 * What a column of text holds, on the evidence of all its values.
 *
 * @param column SQL of the text over `raw`
 */
export function decideText(candidates: readonly Reading[], measures: TextMeasures, column: string): Decision {
  const { present, fits } = measures;
  const most = Math.max(0, ...candidates.map(({ id }) => fits[id] ?? 0));
  const tied = candidates.filter(({ id }) => fits[id] === most);
  const reading = asMonths(tied, most, measures) ?? tied[0];
  if (reading === undefined || present === 0 || most < present / 2) return asString(column);
  if (most < present && reading.kind === 'boolean') return asString(column);
  if (most < present * slipsBelow) return asString(column, [misfits(reading, present - most, column, false)]);

  const slips = most < present ? [misfits(reading, present - most, column, true)] : [];
  const value = reading.sql(column);
  if (reading.kind === 'number') {
    const numbers = measures.numbers[reading.id] as Record<NumberMeasure, unknown>;
    const decided = decideNumber(numbers, {
      raw: column,
      value,
      stored: (type) => reading.plain?.(column, type) ?? `CAST(${value} AS ${type})`,
      integers: 'written',
    });
    if (decided.kind === 'string') return decided;
    const grouped = isGroupedDigits(reading)
      ? [separated(reading, most - (fits[reading.ungrouped.id] ?? 0), column)]
      : [];
    return { ...decided, findings: [...slips, ...grouped, ...decided.findings] };
  }
  const findings = [...slips, ...ambiguousDate(reading, tied, column, present)];
  return { kind: reading.kind, sql: value, findings };
}
