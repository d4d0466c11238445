/** Transitions of all zones since 1970 fall on multiples of it. */
const bucket = 15 * 60_000;

/** Milliseconds that clocks of a zone are ahead of UTC at an instant. */
export type ZoneOffset = (at: number) => number;

const offsets = new Map<string, ZoneOffset>();

const offsetFinder = (timeZone: string): ZoneOffset => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const known = new Map<number, number>();
  return (at) => {
    const start = Math.floor(at / bucket) * bucket;
    let offset = known.get(start);
    if (offset === undefined) {
      const parts = Object.fromEntries(format.formatToParts(start).map(({ type, value }) => [type, Number(value)]));
      const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
      offset = Date.UTC(year, month - 1, day, hour, minute, second) - start;
      known.set(start, offset);
    }
    return offset;
  };
};

/**
 * @param timeZone IANA name, `Europe/Berlin`; undefined is UTC
 * @throws RangeError of Intl for an unknown zone
 */
export const zoneOffset = (timeZone: string | undefined): ZoneOffset => {
  if (timeZone === undefined || timeZone === 'UTC') return () => 0;
  let found = offsets.get(timeZone);
  if (found === undefined) {
    found = offsetFinder(timeZone);
    offsets.set(timeZone, found);
  }
  return found;
};

/**
 * The instant at which clocks of a zone show that local time, itself given as milliseconds as if it were UTC. Of an
 * hour that is shown twice the first one; of one that is skipped the instant as far behind the change.
 */
export const instantOfLocal = (local: number, offset: ZoneOffset): number => {
  const before = local - offset(local - 24 * 3_600_000);
  const after = local - offset(local + 24 * 3_600_000);
  if (before + offset(before) === local) return before;
  return after + offset(after) === local ? after : before;
};

/**
 * Instants of a table's local times. Where clocks go back, the second row of an item that shows a time again is an hour
 * later, so that 25 hours stay 25 values; rows have to be in the order of time.
 *
 * @param local milliseconds as if they were UTC
 * @param item of each row
 */
export const instantsOfLocal = (
  local: Float64Array,
  item: readonly string[],
  timeZone: string | undefined,
): Float64Array => {
  const offset = zoneOffset(timeZone);
  const latest = new Map<string, number>();
  return local.map((shown, row) => {
    if (Number.isNaN(shown)) return Number.NaN;
    const first = instantOfLocal(shown, offset);
    const second = first + offset(first) - offset(first + 3 * 3_600_000);
    const name = item[row] as string;
    const isAgain = (latest.get(name) ?? Number.NEGATIVE_INFINITY) >= first;
    const found = isAgain && second + offset(second) === shown ? second : first;
    latest.set(name, Math.max(found, latest.get(name) ?? Number.NEGATIVE_INFINITY));
    return found;
  });
};
