import { type Frequency, periodClock, zoneOffset } from '@bellwether/forecasting';

const day = 24 * 3_600_000;
/** The first Monday of 1970 was its fifth day. */
const monday = 4 * day;

/** Turns periods into AutoML's stamps and back. */
export interface AutoMlStamps {
  /** `YYYY-MM-DD hh:mm:ss` */
  stampOf(period: number): string;
  /**
   * The period in which a stamp lies, however AutoML wrote it: without a time, with `T`, with an offset.
   *
   * @returns NaN for what is no stamp
   */
  periodOf(text: string): number;
}

/**
 * AutoML counts weeks from Mondays, and months and years from their first day; whatever begins otherwise it would put
 * into a period beside ours. So each period is given the stamp of the one of AutoML's in which its own stamp lies, and
 * gets back what is said of that. Days are those of the table's zone, minutes and hours are in UTC.
 */
export function automlStamps(frequency: Frequency): AutoMlStamps {
  const clock = periodClock(frequency);
  const offset = zoneOffset(frequency.timeZone);
  const isShort = frequency.unit === 'minute' || frequency.unit === 'hour';
  const instantOf = (period: number): number => {
    const at = clock.stampOf(period);
    return isShort ? at : startOf(frequency, at + offset(at));
  };
  return {
    stampOf: (period) => new Date(instantOf(period)).toISOString().slice(0, 19).replace('T', ' '),
    periodOf(text) {
      const at = parseStamp(text);
      if (Number.isNaN(at)) return Number.NaN;
      // What the alignment moves is less than a period and a zone, so that the right one is near.
      let period = clock.indexOf(at) + 2;
      while (instantOf(period) > at) period -= 1;
      return period;
    },
  };
}

/** Beginning of AutoML's period that holds a day. */
function startOf({ unit }: Frequency, local: number): number {
  const midnight = Math.floor(local / day) * day;
  const at = new Date(midnight);
  switch (unit) {
    case 'week':
      return midnight - ((((midnight - monday) % (7 * day)) + 7 * day) % (7 * day));
    case 'month':
    case 'quarter':
      return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1);
    case 'year':
      return Date.UTC(at.getUTCFullYear(), 0, 1);
    default:
      return midnight;
  }
}

const pattern = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?\s*(Z|[+-]\d{2}:?\d{2})?$/;

function parseStamp(text: string): number {
  const [, date, time = '00:00:00', zone = 'Z'] = pattern.exec(text.trim()) ?? [];
  return date === undefined ? Number.NaN : Date.parse(`${date}T${time}${zone}`);
}
