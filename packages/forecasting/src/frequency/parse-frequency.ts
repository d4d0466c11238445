import type { Frequency, Unit } from './frequency.ts';

const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** A frequency as far as it was told; the rest is taken from the stamps. */
export type ToldFrequency = Pick<Frequency, 'unit' | 'count'> & Partial<Pick<Frequency, 'anchor' | 'stamp'>>;

type Alias = { readonly unit: Unit; readonly stamp?: 'start' | 'end' };

/** pandas' names, old and new, and Amazon Forecast's; case is looked at first because `M` and `min` differ. */
const aliases: Readonly<Record<string, Alias>> = {
  min: { unit: 'minute' },
  T: { unit: 'minute' },
  H: { unit: 'hour' },
  h: { unit: 'hour' },
  D: { unit: 'day' },
  B: { unit: 'business-day' },
  W: { unit: 'week' },
  M: { unit: 'month' },
  ME: { unit: 'month', stamp: 'end' },
  MS: { unit: 'month', stamp: 'start' },
  Q: { unit: 'quarter' },
  QE: { unit: 'quarter', stamp: 'end' },
  QS: { unit: 'quarter', stamp: 'start' },
  A: { unit: 'year' },
  AS: { unit: 'year', stamp: 'start' },
  Y: { unit: 'year' },
  YE: { unit: 'year', stamp: 'end' },
  YS: { unit: 'year', stamp: 'start' },
};

const words: Readonly<Record<string, Unit>> = {
  minute: 'minute',
  minutely: 'minute',
  hour: 'hour',
  hourly: 'hour',
  day: 'day',
  daily: 'day',
  'business-day': 'business-day',
  week: 'week',
  weekly: 'week',
  month: 'month',
  monthly: 'month',
  quarter: 'quarter',
  quarterly: 'quarter',
  year: 'year',
  yearly: 'year',
};

const aliasOf = (name: string): Alias | undefined => {
  const found = aliases[name] ?? aliases[name.toUpperCase()];
  if (found !== undefined) return found;
  const unit = words[name.toLowerCase()] ?? words[name.toLowerCase().replace(/s$/, '')];
  return unit === undefined ? undefined : { unit };
};

const anchored = (alias: Alias, suffix: string): Pick<ToldFrequency, 'anchor' | 'stamp'> | undefined => {
  if (alias.unit === 'week') {
    const anchor = weekdays.indexOf(suffix.toUpperCase());
    return anchor < 0 ? undefined : { anchor, stamp: 'end' };
  }
  const month = monthNames.indexOf(suffix.toUpperCase());
  if (month < 0 || (alias.unit !== 'quarter' && alias.unit !== 'year')) return undefined;
  const length = alias.unit === 'quarter' ? 3 : 12;
  // `QE-DEC` and `Q-DEC` name the last month of the last period, `QS-OCT` the first one of a period.
  return alias.stamp === 'start'
    ? { anchor: month % length, stamp: 'start' }
    : { anchor: (month + 1) % length, stamp: 'end' };
};

/**
 * Reads pandas' aliases (`D`, `W-SUN`, `MS`, `QE-DEC`, `15min`, `2h`), Amazon Forecast's (`Y M W D H 30min`) and words
 * (`weekly`, `2 weeks`). `W-FRI` is, as in pandas, the week that ends on Friday.
 *
 * @returns undefined where it is none of them
 */
export const parseFrequency = (text: string): ToldFrequency | undefined => {
  const match = /^\s*(\d{1,4})?\s*([a-z]+(?:-day)?s?)(?:-([a-z]{3}))?\s*$/i.exec(text);
  if (match === null) return undefined;
  const [, digits, name = '', suffix] = match;
  const count = digits === undefined ? 1 : Number(digits);
  const alias = aliasOf(name);
  if (alias === undefined || count === 0) return undefined;
  if (alias.unit === 'business-day' && count > 1) return undefined;
  if (suffix === undefined) return { count, ...alias };
  const anchor = anchored(alias, suffix);
  return anchor && { count, unit: alias.unit, ...anchor };
};
