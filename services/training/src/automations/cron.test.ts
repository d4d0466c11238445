import { expect, test } from '@jest/globals';
import { nextTick, scheduleFault } from './cron.ts';

const at = (text: string) => Date.parse(text);
const next = (cron: string, timeZone: string, after: string) => {
  const time = nextTick({ cron, timeZone }, at(after));
  return time === undefined ? undefined : new Date(time).toISOString();
};

test.each([
  [
    'each Monday at six in Berlin, in winter',
    '0 6 * * MON',
    'Europe/Berlin',
    '2026-11-21T12:00Z',
    '2026-11-23T05:00:00.000Z',
  ],
  [
    'each Monday at six in Berlin, in summer',
    '0 6 * * 1',
    'Europe/Berlin',
    '2026-07-01T12:00Z',
    '2026-07-06T04:00:00.000Z',
  ],
  ['never the time itself', '0 12 * * *', 'UTC', '2026-11-21T12:00Z', '2026-11-22T12:00:00.000Z'],
  ['a name for a pattern', '@daily', 'UTC', '2026-11-21T12:00Z', '2026-11-22T00:00:00.000Z'],
  ['the last day of a month', '0 0 L * *', 'UTC', '2027-02-01T00:00Z', '2027-02-28T00:00:00.000Z'],
  [
    'an hour that a change of the clocks skips',
    '30 2 * * *',
    'Europe/Berlin',
    '2026-03-28T12:00Z',
    '2026-03-29T01:00:00.000Z',
  ],
  [
    'an hour that comes twice, the first time',
    '30 2 * * *',
    'Europe/Berlin',
    '2026-10-24T12:00Z',
    '2026-10-25T00:30:00.000Z',
  ],
  ['an hour that comes twice, once', '30 2 * * *', 'Europe/Berlin', '2026-10-25T00:30Z', '2026-10-26T01:30:00.000Z'],
])('%s', (_, cron, timeZone, after, expected) => {
  expect(next(cron, timeZone, after)).toBe(expected);
});

test.each([
  ['words', 'hello', 'UTC', 'cron-invalid', 'cron'],
  ['a minute that no hour has', '61 * * * *', 'UTC', 'cron-invalid', 'cron'],
  ['seconds', '* * * * * *', 'UTC', 'cron-invalid', 'cron'],
  ['a date', '2030-01-23T00:00:00', 'UTC', 'cron-invalid', 'cron'],
  ['a day that no year has', '0 0 30 2 *', 'UTC', 'cron-never', 'cron'],
  ['a time zone of nowhere', '0 6 * * *', 'Europe/Nowhere', 'time-zone-unknown', 'timeZone'],
])('%s is refused with the field and a cure', (_, cron, timeZone, code, field) => {
  const fault = scheduleFault({ cron, timeZone }, at('2026-11-21T12:00Z'));
  expect(fault).toMatchObject({ code, field });
  expect(fault?.cure).not.toBe('');
});

test('a schedule that comes has no fault', () => {
  expect(scheduleFault({ cron: '*/5 8-18 * * MON-FRI', timeZone: 'America/New_York' }, 0)).toBe(undefined);
});
