import { Cron } from 'croner';

export interface Schedule {
  /** minute, hour, day of the month, month, day of the week; or `@daily` and the like */
  readonly cron: string;
  /** IANA name */
  readonly timeZone: string;
}

/** Why a schedule is none; the field is the one of `when`. */
export interface ScheduleFault {
  readonly code: 'cron-invalid' | 'cron-never' | 'time-zone-unknown';
  readonly field: 'cron' | 'timeZone';
  readonly detail: string;
  readonly cure: string;
}

const fiveFields = 'Use five fields, minute first: `0 6 * * MON` is each Monday at six.';

/**
 * The first time of a schedule after `after`. A local time that a change of the clocks skips counts right after it;
 * one that comes twice counts once.
 *
 * @param after milliseconds since the epoch
 * @returns the same; undefined when there is none
 */
export function nextTick({ cron, timeZone }: Schedule, after: number): number | undefined {
  return new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true }).nextRun(new Date(after))?.getTime();
}

/** What is wrong with a schedule; undefined when it is one. */
export function scheduleFault(schedule: Schedule, now: number): ScheduleFault | undefined {
  const { cron, timeZone } = schedule;
  if (!isTimeZone(timeZone)) {
    const cure = 'Use an IANA name, such as UTC or Europe/Berlin.';
    return { code: 'time-zone-unknown', field: 'timeZone', detail: `There is no time zone ${timeZone}.`, cure };
  }
  // A date is no pattern, though the parser takes one: it would come once.
  if (/\dT\d/.test(cron)) {
    return { code: 'cron-invalid', field: 'cron', detail: `${cron} is a date and no pattern.`, cure: fiveFields };
  }
  try {
    if (nextTick(schedule, now) !== undefined) return undefined;
  } catch (error) {
    const detail = `${cron} is no pattern of times: ${reasonOf(error)}`;
    return { code: 'cron-invalid', field: 'cron', detail, cure: fiveFields };
  }
  return { code: 'cron-never', field: 'cron', detail: `${cron} never comes.`, cure: fiveFields };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The parser's words begin with its own name. */
const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message.replace(/^Cron\w+: /, '') : String(error);
