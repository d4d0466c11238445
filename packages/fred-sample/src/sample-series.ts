import { readFileSync } from 'node:fs';

/** A series of the sample, as `scripts/make-fred-sample.py` wrote it. */
export interface SampleSeries {
  readonly id: string;
  readonly title: string;
  readonly units: string;
  readonly unitsShort: string;
  readonly frequency: 'Monthly' | 'Quarterly';
  readonly seasonalAdjustment: 'SA' | 'NSA' | 'SAAR';
  readonly popularity: number;
  /** first day of the first period */
  readonly start: string;
  readonly values: readonly number[];
}

export const sampleSeries: readonly SampleSeries[] = JSON.parse(
  readFileSync(new URL('../data/fred.json', import.meta.url), 'utf8'),
);

/** One value as it was published: known from one day until the next value of the same period replaced it. */
export interface Vintage {
  readonly date: string;
  readonly value: number;
  readonly from: string;
  /** last day on which it was the newest value */
  readonly until: string;
}

/** FRED's last day of all. */
export const forever = '9999-12-31';

const day = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);

/**
 * Every published value of a series. The sample has final values alone, so releases are simulated: a first estimate,
 * rounded to three digits, two weeks after the period, and the final value a month later.
 */
export function vintagesOf({ start, frequency, values }: SampleSeries): Vintage[] {
  const months = frequency === 'Monthly' ? 1 : 3;
  const first = new Date(`${start}T00:00:00Z`);
  const begin = (index: number) => Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + index * months, 1);
  return values.flatMap((value, index) => {
    const date = iso(begin(index));
    const released = begin(index + 1) + 14 * day;
    const final = released + 30 * day;
    const estimate = Number(value.toPrecision(3));
    if (estimate === value) return [{ date, value, from: iso(released), until: forever }];
    return [
      { date, value: estimate, from: iso(released), until: iso(final - day) },
      { date, value, from: iso(final), until: forever },
    ];
  });
}
