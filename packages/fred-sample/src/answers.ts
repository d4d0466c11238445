import { forever, type SampleSeries, sampleSeries, type Vintage, vintagesOf } from './sample-series.ts';

/** A refusal in FRED's form. */
export class FredRefusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const bad = (message: string) => new FredRefusal(400, `Bad Request.  ${message}`);

const adjustments = {
  SA: 'Seasonally Adjusted',
  NSA: 'Not Seasonally Adjusted',
  SAAR: 'Seasonally Adjusted Annual Rate',
};

const shown = (series: SampleSeries, today: string) => {
  const vintages = vintagesOf(series);
  return {
    id: series.id,
    realtime_start: today,
    realtime_end: today,
    title: series.title,
    observation_start: series.start,
    observation_end: vintages.at(-1)?.date,
    frequency: series.frequency,
    frequency_short: series.frequency.charAt(0),
    units: series.units,
    units_short: series.unitsShort,
    seasonal_adjustment: adjustments[series.seasonalAdjustment],
    seasonal_adjustment_short: series.seasonalAdjustment,
    last_updated: `${vintages.at(-1)?.from} 07:31:02-05`,
    popularity: series.popularity,
  };
};

function number(query: URLSearchParams, name: string, fallback: number, most: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw bad(`Variable ${name} is not a whole number from 0 to ${most}.`);
}

function known(query: URLSearchParams): SampleSeries {
  const id = query.get('series_id');
  if (id === null || id === '') throw bad('Variable series_id is not set.');
  const series = sampleSeries.find((candidate) => candidate.id === id.toUpperCase());
  if (series === undefined) throw bad('The series does not exist.');
  return series;
}

const tagsOf = ({ frequency, seasonalAdjustment }: SampleSeries): string[] => [
  frequency.toLowerCase(),
  seasonalAdjustment === 'NSA' ? 'nsa' : 'sa',
  'usa',
];

const filterVariables = ['frequency', 'units', 'seasonal_adjustment'];

/** One variable of a series and the value that it must have, as the series spells it. */
function filterOf(query: URLSearchParams): { variable?: string; wanted?: string } {
  const variable = query.get('filter_variable') ?? 'none';
  if (variable === 'none') return {};
  if (!filterVariables.includes(variable)) {
    throw bad(`Variable filter_variable is not one of the values: 'none', '${filterVariables.join("', '")}'.`);
  }
  const wanted = query.get('filter_value');
  if (wanted === null || wanted === '') throw bad('Variable filter_value is not set.');
  return { variable, wanted };
}

/** `/fred/series/search` */
export function search(query: URLSearchParams, today: string): object {
  const text = query.get('search_text');
  if (text === null || text === '') throw bad('Variable search_text is not set.');
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const { variable, wanted } = filterOf(query);
  const tags = (query.get('tag_names') ?? '').split(';').filter(Boolean);
  const limit = number(query, 'limit', 1000, 1000);
  const offset = number(query, 'offset', 0, 1_000_000);
  const found = sampleSeries
    .filter((series) => {
      const haystack = `${series.id} ${series.title} ${series.units}`.toLowerCase();
      const all = shown(series, today) as Record<string, unknown>;
      return (
        words.every((word) => haystack.includes(word)) &&
        (variable === undefined || all[variable] === wanted) &&
        tags.every((tag) => tagsOf(series).includes(tag))
      );
    })
    .toSorted((a, b) => (query.get('order_by') === 'popularity' ? b.popularity - a.popularity : 0));
  return {
    realtime_start: today,
    realtime_end: today,
    order_by: query.get('order_by') ?? 'search_rank',
    sort_order: query.get('sort_order') ?? 'desc',
    count: found.length,
    offset,
    limit,
    seriess: found.slice(offset, offset + limit).map((series) => shown(series, today)),
  };
}

/** `/fred/series` */
export function describe(query: URLSearchParams, today: string): object {
  return { realtime_start: today, realtime_end: today, seriess: [shown(known(query), today)] };
}

/** `/fred/series/vintagedates` */
export function vintageDates(query: URLSearchParams): object {
  const limit = number(query, 'limit', 10_000, 10_000);
  const offset = number(query, 'offset', 0, 1_000_000);
  const dates = datesOf(vintagesOf(known(query)));
  return { count: dates.length, offset, limit, vintage_dates: dates.slice(offset, offset + limit) };
}

const datesOf = (vintages: readonly Vintage[]): string[] => [...new Set(vintages.map(({ from }) => from))].toSorted();

function refuseTooMany(vintages: readonly Vintage[], start: string, end: string, most: number): void {
  const dates = datesOf(vintages).filter((date) => date >= start && date <= end).length;
  if (dates <= most) return;
  throw bad(
    `There are ${dates} vintage dates in the specified real-time period: ${start} to ${end}.  This exceeds the maximum number of vintage dates allowed for this file type (${most}).`,
  );
}

/** `/fred/series/observations`, by real-time periods as ALFRED has them */
export function observations(query: URLSearchParams, today: string, mostVintages: number): object {
  const start = query.get('realtime_start') ?? today;
  const end = query.get('realtime_end') ?? today;
  const from = query.get('observation_start') ?? '1776-07-04';
  const to = query.get('observation_end') ?? forever;
  const limit = number(query, 'limit', 100_000, 100_000);
  const offset = number(query, 'offset', 0, 10_000_000);
  const within = (vintage: Vintage) =>
    vintage.from <= end && vintage.until >= start && vintage.date >= from && vintage.date <= to;
  const series = known(query);
  const vintages = vintagesOf(series);
  refuseTooMany(vintages, start, end, mostVintages);
  const rows = vintages.filter(within).map(({ date, value, from: first, until }, index) => ({
    realtime_start: [first, start].toSorted()[1],
    realtime_end: [until, end].toSorted()[0],
    date,
    // FRED writes a point where it has no value
    value: series.id === 'UEMPMED' && index === 3 ? '.' : String(value),
  }));
  return {
    realtime_start: start,
    realtime_end: end,
    observation_start: from,
    observation_end: to,
    units: 'lin',
    output_type: 1,
    file_type: 'json',
    order_by: 'observation_date',
    sort_order: 'asc',
    count: rows.length,
    offset,
    limit,
    observations: rows.slice(offset, offset + limit),
  };
}
