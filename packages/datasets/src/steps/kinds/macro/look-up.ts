import { quoteIdentifier } from '../../../duckdb/quote.ts';

/** The day of a table of series, and the last date of a period. */
export const dayName = '__bellwether_day';

/** A table of what was known day by day, from the first day on which anything was. */
export interface DayTable {
  readonly name: string;
  /** `2024-03-01`: what was known then is known ever after */
  readonly lastDay: string;
}

/** A column whose values follow from the row's date alone. */
export interface LookUp {
  /** name of the column of dates */
  readonly date: string;
  readonly days: DayTable;
  /** from the day of its first value on there is always one */
  readonly unbroken: boolean;
}

/**
 * SQL that joins what was known at a date: a hash join by day, which takes a quarter of an as-of join's time and does not
 * sort. `least` would take the last day for a missing date.
 */
export function joinDays({ name, lastDay }: DayTable, date: string, alias: string): string {
  const day = `CASE WHEN ${date} IS NOT NULL THEN least(CAST(${date} AS DATE), DATE '${lastDay}') END`;
  return `LEFT JOIN ${quoteIdentifier(name)} AS ${alias} ON ${day} = ${alias}.${dayName}`;
}
