import type { Frequency, Unit } from './frequency.ts';
import { instantOfLocal, zoneOffset } from './zone-clock.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const monthsOf: Partial<Record<Unit, number>> = { month: 1, quarter: 3, year: 12 };

/** Monday before 1970-01-01, a Thursday, in days. */
const firstMonday = -3;

const mod = (value: number, by: number): number => value - Math.floor(value / by) * by;

/** Turns instants into period indices and back; made once for many calls. */
export interface PeriodClock {
  /** Index of the period that holds the instant (milliseconds in UTC). */
  readonly indexOf: (at: number) => number;
  /** The instant by which the period is named. */
  readonly stampOf: (index: number) => number;
}

const shortClock = ({ unit, count, phase = 0 }: Frequency): PeriodClock => {
  const length = count * (unit === 'minute' ? minute : 60 * minute);
  return {
    indexOf: (at) => Math.floor((at - phase) / length),
    stampOf: (index) => index * length + phase,
  };
};

/** Periods in days since 1970 of a zone's calendar. */
interface DayClock {
  readonly indexOf: (date: number) => number;
  readonly firstDay: (index: number) => number;
}

const businessDays: DayClock = {
  indexOf: (date) => {
    const since = date - firstMonday;
    return 5 * Math.floor(since / 7) + Math.min(4, mod(since, 7));
  },
  firstDay: (index) => firstMonday + 7 * Math.floor(index / 5) + mod(index, 5),
};

const evenDays = (length: number, start: number): DayClock => ({
  indexOf: (date) => Math.floor((date - start) / length),
  firstDay: (index) => index * length + start,
});

const months = (length: number, start: number): DayClock => ({
  indexOf: (date) => {
    const at = new Date(date * day);
    return Math.floor(((at.getUTCFullYear() - 1970) * 12 + at.getUTCMonth() - start) / length);
  },
  firstDay: (index) => {
    const month = index * length + start;
    return Date.UTC(1970 + Math.floor(month / 12), mod(month, 12), 1) / day;
  },
});

const dayClock = ({ unit, count, anchor = 0, stamp }: Frequency): DayClock => {
  const length = monthsOf[unit];
  if (length !== undefined) return months(length * count, anchor);
  if (unit === 'business-day') return businessDays;
  if (unit === 'day') return evenDays(count, anchor);
  // 1970-01-04 was a Sunday; a week that is named by its last day begins the day after the one before.
  return evenDays(7 * count, 3 + anchor + (stamp === 'end' ? 1 : 0));
};

/** @param frequency see there for what anchors, stamps and zones mean */
export const periodClock = (frequency: Frequency): PeriodClock => {
  if (frequency.unit === 'minute' || frequency.unit === 'hour') return shortClock(frequency);
  const offset = zoneOffset(frequency.timeZone);
  const { indexOf, firstDay } = dayClock(frequency);
  return {
    indexOf: (at) => indexOf(Math.floor((at + offset(at)) / day)),
    stampOf: (index) => {
      const date = frequency.stamp === 'end' ? firstDay(index + 1) - 1 : firstDay(index);
      return instantOfLocal(date * day, offset);
    },
  };
};
