import type { ColumnKind } from '@bellwether/contracts';

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const isoTime = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?$/i;
const booleanWords: Readonly<Record<string, number>> = { true: 1, yes: 1, '1': 1, false: 0, no: 0, '0': 0 };

const numberOfText = (text: string): number | undefined => {
  const trimmed = text.trim();
  if (!decimal.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : undefined;
};

const zoneMinutes = (zone: string | undefined): number => {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0);
  return zone.startsWith('-') ? -minutes : minutes;
};

/**
 * Milliseconds since the epoch of an ISO 8601 date or time; without a zone it is UTC, whatever the machine's zone, so
 * that the same instance predicts the same everywhere. A date that does not exist is undefined.
 */
const timeOfText = (text: string): number | undefined => {
  const parts = isoTime.exec(text.trim());
  if (parts === null) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0)) as number[];
  const millisecond = Math.floor(Number(`0.${parts[7] ?? 0}`) * 1000);
  const date = new Date(0);
  date.setUTCFullYear(year as number, (month as number) - 1, day);
  date.setUTCHours(hour as number, minute, second, millisecond);
  const exists =
    date.getUTCMonth() + 1 === month &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute;
  return exists ? date.getTime() - zoneMinutes(parts[8]) * 60_000 : undefined;
};

const numberOfBoolean = (value: unknown): number | undefined => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value === 0 || value === 1 || Number.isNaN(value) ? value : undefined;
  return typeof value === 'string' ? booleanWords[value.trim().toLowerCase()] : undefined;
};

const numberOfTime = (value: unknown): number | undefined => {
  if (typeof value === 'string') return timeOfText(value);
  return value instanceof Date ? value.getTime() : undefined;
};

/**
 * The number that a value of a numeric, integer, boolean or timestamp column stands for; NaN when it is missing
 * (`null`, or NaN from a binary tensor), undefined when it is not acceptable. Slow path: plain numbers are taken
 * before it is called.
 */
export const numberOf = (kind: ColumnKind, value: unknown): number | undefined => {
  if (value === null) return Number.NaN;
  if (typeof value === 'bigint') return numberOf(kind, Number(value));
  if (kind === 'boolean') return numberOfBoolean(value);
  if (typeof value === 'number') return value === Infinity || value === -Infinity ? undefined : value;
  if (kind === 'timestamp') return numberOfTime(value);
  return typeof value === 'string' ? numberOfText(value) : undefined;
};

/** The level that a value of a categorical column stands for, null when missing, undefined when not acceptable. */
export const levelOf = (value: unknown): string | null | undefined => {
  if (typeof value === 'string') return value;
  if (value === null) return null;
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return null;
    return Number.isFinite(value) ? String(value) : undefined;
  }
  return typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : undefined;
};
