import type { FredObservation } from './fred-answers.ts';

/** A period of FRED's real time, both days included. */
export interface RealTimeWindow {
  readonly start: string;
  readonly end: string;
}

/** FRED's first and last day: all vintages of ALFRED. */
export const everPublished: RealTimeWindow = { start: '1776-07-04', end: '9999-12-31' };

const day = 86_400_000;

/**
 * Periods that each begin with a vintage and have no more than FRED gives at once, together all that was ever published:
 * a daily series has a vintage for each working day, and FRED gives 2,000.
 *
 * @param vintageDates days on which something was published, sorted
 * @param most vintages a period
 */
export function realTimeWindows(vintageDates: readonly string[], most: number): RealTimeWindow[] {
  const windows: RealTimeWindow[] = [];
  for (let place = 0; place < vintageDates.length; place += most) {
    const next = vintageDates[place + most];
    windows.push({
      start: vintageDates[place] as string,
      end: next === undefined ? everPublished.end : new Date(Date.parse(next) - day).toISOString().slice(0, 10),
    });
  }
  return windows;
}

/**
 * One history of what windows gave. FRED says of a value that was known before a window that it is known since the
 * window's first day: such a repetition is left out, or a release would look years younger than it is.
 *
 * @param windows in the order of their periods, observations in any
 */
export function joinWindows(
  windows: readonly (RealTimeWindow & { readonly observations: readonly FredObservation[] })[],
): FredObservation[] {
  const newest = new Map<string, number | null>();
  const joined: FredObservation[] = [];
  for (const { start, observations } of windows) {
    const byTime = observations.toSorted((a, b) => ((a.knownFrom ?? '') < (b.knownFrom ?? '') ? -1 : 1));
    for (const observation of byTime) {
      const { date, value, knownFrom } = observation;
      if (knownFrom === start && newest.has(date) && newest.get(date) === value) continue;
      newest.set(date, value);
      joined.push(observation);
    }
  }
  return joined;
}
