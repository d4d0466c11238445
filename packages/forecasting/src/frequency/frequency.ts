/** Units of a period, shortest first. A business day is Monday to Friday. */
export const units = ['minute', 'hour', 'business-day', 'day', 'week', 'month', 'quarter', 'year'] as const;
export type Unit = (typeof units)[number];

/**
 * How time is cut into periods. Periods are numbered by integers that grow by one a period (`period index`), so that
 * lags, gaps and horizons are subtractions whatever the calendar does.
 */
export interface Frequency {
  readonly unit: Unit;
  /** Units in a period: 15 for quarters of an hour. */
  readonly count: number;
  /** Of weeks: the weekday of their stamps, 0 is Sunday. Of quarters and years: the month of their first day, 0 is January. */
  readonly anchor?: number;
  /** Whether a period is named by its first day (default) or its last one, as pandas' `ME` and `W-SUN` do. */
  readonly stamp?: 'start' | 'end';
  /** Milliseconds by which periods of minutes and hours begin after a multiple of their length, for zones at half hours. */
  readonly phase?: number;
  /**
   * IANA zone. Minutes and hours are counted in UTC, so that a day of 23 or 25 hours loses and repeats nothing, and the
   * zone gives their calendar; days and longer periods begin at the zone's midnight. Default UTC.
   */
  readonly timeZone?: string;
}
