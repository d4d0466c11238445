import type { Frequency } from './frequency.ts';

/** Minutes of a season, and from how many periods on it is one. */
const minuteSeasons = [60, 24 * 60, 7 * 24 * 60];

const minutesOf = ({ unit, count }: Frequency): number => count * (unit === 'hour' ? 60 : 1);

/**
 * Lengths in periods of the seasons that a calendar gives a frequency, shortest first: 24 and 168 of hours, 7 and 365
 * of days, 52 of weeks, 12 of months, 4 of quarters. Whether a series has them is another question.
 */
export const calendarSeasons = (frequency: Frequency): number[] => {
  const { unit, count } = frequency;
  const years: Partial<Record<Frequency['unit'], number>> = { week: 52, month: 12, quarter: 4, year: 1 };
  if (unit === 'minute' || unit === 'hour') {
    const length = minutesOf(frequency);
    const seasons = minuteSeasons.map((season) => season / length);
    return seasons.filter((season) => season >= 4 && Number.isInteger(season));
  }
  if (unit === 'business-day') return [5, 261];
  if (unit === 'day')
    return [7, 365].map((season) => season / count).filter((season) => season >= 2 && season % 1 === 0);
  const year = (years[unit] ?? 1) / count;
  return year >= 2 && Number.isInteger(year) ? [year] : [];
};
