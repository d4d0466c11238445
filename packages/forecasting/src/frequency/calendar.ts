import type { Frequency } from './frequency.ts';
import { periodClock } from './period.ts';
import { zoneOffset } from './zone-clock.ts';

const day = 24 * 3_600_000;

/** What a calendar on the wall of the zone shows at the stamp of a period. */
export interface CalendarFields {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly dayOfMonth: number;
  /** 1 to 366 */
  readonly dayOfYear: number;
  /** 0 is Sunday */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly daysInMonth: number;
}

/** Finds the calendar of a period index; made once for many calls. */
export const calendarOf = (frequency: Frequency): ((index: number) => CalendarFields) => {
  const clock = periodClock(frequency);
  const offset = zoneOffset(frequency.timeZone);
  return (index) => {
    const at = clock.stampOf(index);
    const local = new Date(at + offset(at));
    const year = local.getUTCFullYear();
    return {
      year,
      month: local.getUTCMonth() + 1,
      dayOfMonth: local.getUTCDate(),
      dayOfYear: Math.floor((local.getTime() - Date.UTC(year, 0, 1)) / day) + 1,
      weekday: local.getUTCDay(),
      hour: local.getUTCHours(),
      minute: local.getUTCMinutes(),
      daysInMonth: new Date(Date.UTC(year, local.getUTCMonth() + 1, 0)).getUTCDate(),
    };
  };
};
