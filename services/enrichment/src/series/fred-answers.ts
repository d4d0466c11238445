import { z } from 'zod';

/** One series as FRED describes it. */
const FredSeries = z.object({
  id: z.string(),
  title: z.string(),
  units: z.string(),
  frequency: z.string(),
  seasonal_adjustment: z.string(),
  observation_start: z.string(),
  observation_end: z.string(),
  last_updated: z.string(),
  popularity: z.number(),
  notes: z.string().optional(),
  // Only handed on, to those who know FRED's answers.
  realtime_start: z.string().optional(),
  realtime_end: z.string().optional(),
  frequency_short: z.string().optional(),
  units_short: z.string().optional(),
  seasonal_adjustment_short: z.string().optional(),
  group_popularity: z.number().optional(),
});
export type FredSeries = z.infer<typeof FredSeries>;

export const SeriesList = z.object({ seriess: z.array(FredSeries), count: z.number().optional() });
export const ObservationPage = z.object({
  count: z.number(),
  observations: z.array(z.object({ realtime_start: z.string(), date: z.string(), value: z.string() })),
});
export const VintagePage = z.object({ count: z.number(), vintage_dates: z.array(z.string()) });
export const Refusal = z.object({ error_code: z.number(), error_message: z.string() });

/** A value of a series at its date; where vintages were asked for, with the first day on which it was known. */
export interface FredObservation {
  readonly date: string;
  readonly value: number | null;
  readonly knownFrom?: string;
}

/** FRED says of a missing value that it is a full stop. */
export function observationOf(
  { date, value, realtime_start }: z.output<typeof ObservationPage>['observations'][number],
  vintages: boolean,
): FredObservation {
  const number = value === '.' ? null : Number(value);
  return vintages ? { date, value: number, knownFrom: realtime_start } : { date, value: number };
}
