import type { Frequency } from '../frequency/frequency.ts';
import type { PanelSchema } from '../panel/series.ts';
import type { ForecastPlan } from '../plan/forecast-plan.ts';
import type { RatioScale } from './ratio-scale.ts';

/** Which features a model has, in their order; JSON, and kept with the model. */
export interface FeatureLayout {
  readonly scale: RatioScale;
  /** Periods of which the base is the mean. */
  readonly window: number;
  readonly lags: number;
  /** Lengths of rolling means. */
  readonly means: readonly number[];
  readonly seasons: readonly number[];
  readonly calendar: readonly CalendarFeature[];
  readonly names: readonly string[];
}

export type CalendarFeature = 'month' | 'weekday' | 'hour' | 'minuteOfDay' | 'dayOfMonth' | 'dayOfYear';

const calendarOfUnit: Record<Frequency['unit'], readonly CalendarFeature[]> = {
  minute: ['minuteOfDay', 'weekday', 'dayOfMonth', 'month'],
  hour: ['hour', 'weekday', 'dayOfMonth', 'month'],
  'business-day': ['weekday', 'dayOfMonth', 'dayOfYear'],
  day: ['weekday', 'dayOfMonth', 'dayOfYear', 'month'],
  week: ['dayOfYear', 'dayOfMonth', 'month'],
  month: ['month'],
  quarter: ['month'],
  year: [],
};

/** Enough periods for a steady mean, and whole seasons of them. */
const baseWindow = (season: number): number => (season <= 1 ? 6 : season * Math.ceil(8 / season));

const known = (names: readonly string[]): string[] =>
  names.flatMap((name) => [
    `${name}`,
    `${name} before`,
    `${name} after`,
    `${name} less its mean`,
    `${name} a season ago`,
    `${name}: effect so far`,
  ]);

/** The features of a panel under a plan. */
export const layoutFeatures = (schema: PanelSchema, plan: ForecastPlan, scale: RatioScale): FeatureLayout => {
  const seasons = plan.seasonLengths.slice(0, 2);
  const [season = 1] = seasons;
  const window = baseWindow(season);
  const lags = plan.boostedTrees?.lags ?? Math.min(8, Math.max(4, season));
  const means = [...new Set([2, 4, Math.ceil(window / 2), 2 * window])].sort((a, b) => a - b);
  const calendar = calendarOfUnit[schema.frequency.unit];
  const names = [
    'step',
    ...Array.from({ length: lags }, (_, lag) => `lag ${lag + 1}`),
    ...means.map((length) => `mean of ${length}`),
    'deviation',
    'low',
    'high',
    'deviation of all',
    'share of zeros',
    'history',
    'size',
    'trend',
    ...seasons.flatMap((length) => [
      `${length} ago`,
      `${2 * length} ago`,
      `${length} ago, before`,
      `${length} ago, after`,
      `ratio ${length} ago`,
      `ratio ${2 * length} ago`,
      `mean ratio by ${length}`,
    ]),
    ...calendar,
    ...known(schema.known.map(({ name }) => name)),
    ...schema.attributes.map(({ name }) => name),
  ];
  return { scale, window, lags, means, seasons, calendar, names };
};
