import type { Frequency, Unit } from '@bellwether/forecasting';

/** How AutoML calls a unit, how many of it are one of ours, and the most that it takes of it. */
const spellings: Readonly<
  Partial<Record<Unit, { readonly letters: string; readonly each: number; readonly most: number }>>
> = {
  minute: { letters: 'min', each: 1, most: 59 },
  hour: { letters: 'H', each: 1, most: 23 },
  day: { letters: 'D', each: 1, most: 6 },
  week: { letters: 'W', each: 1, most: 4 },
  month: { letters: 'M', each: 1, most: 11 },
  quarter: { letters: 'M', each: 3, most: 11 },
  year: { letters: 'Y', each: 1, most: 1 },
};

/** A frequency as AutoML writes it: `D`, `15min`, `3M`; undefined for one that it does not take, as business days. */
export function automlFrequency({ unit, count }: Pick<Frequency, 'unit' | 'count'>): string | undefined {
  const spelling = spellings[unit];
  if (spelling === undefined) return undefined;
  const units = count * spelling.each;
  if (units > spelling.most) return undefined;
  return `${units === 1 && unit !== 'minute' ? '' : units}${spelling.letters}`;
}
