import { Problem } from '@bellwether/contracts';
import { z } from 'zod';
import { type Target, valueOfScore } from './model-target.ts';

/** How far a model is usually off at what it predicts: linear between points, level beyond them. */
const Spread = z
  .strictObject({ at: z.array(z.number()).min(1), size: z.array(z.number().positive()).min(1) })
  .refine(({ at, size }) => at.length === size.length, 'a size belongs to each point')
  .refine(({ at }) => at.every((point, i) => i === 0 || point > (at[i - 1] as number)), 'points ascend');
export type Spread = z.infer<typeof Spread>;

/** Coverages that can be asked for, in percent. */
export const leastPercent = 50;
export const mostPercent = 99;

/** What prediction intervals are made of, learned from rows that the model was not fitted on; on the scale of scores. */
export const Intervals = z.strictObject({
  /** held-out rows that the offsets come from */
  rows: z.int().positive(),
  /** no target was below zero: no interval goes there */
  nonNegative: z.boolean(),
  spread: Spread,
  /** by coverage in percent: how far down and up, in spreads; what the rows are too few for is absent */
  offsets: z.record(z.string().regex(/^[5-9]\d$/), z.tuple([z.number().max(0), z.number().min(0)])),
});
export type Intervals = z.infer<typeof Intervals>;

export interface Interval {
  readonly lower: number;
  readonly upper: number;
  readonly coverage: number;
}

/** The spread at a score. */
export const spreadAt = ({ at, size }: Spread, score: number): number => {
  const above = at.findIndex((point) => point > score);
  if (above === 0) return size[0] as number;
  if (above < 0) return size.at(-1) as number;
  const [from, to] = [at[above - 1] as number, at[above] as number];
  const share = (score - from) / (to - from);
  return (size[above - 1] as number) * (1 - share) + (size[above] as number) * share;
};

/**
 * Compiles the intervals of a model at one coverage. They hold the prediction, lie within those of a higher coverage,
 * and of a target that is never negative are not negative either.
 *
 * @param coverage share of rows like the held-out ones whose value is to be in its interval, 0.5 to 0.99; what is no
 *   whole percent is raised to the next
 * @throws Problem 422 `interval-unsupported` for a classification, or a model without; `coverage-unavailable` when too
 *   few rows were held out for it
 */
export const createIntervals = (
  { target, intervals }: { readonly target: Target; readonly intervals?: Intervals | undefined },
  coverage: number,
): ((value: number) => Interval) => {
  if (target.labels !== undefined) {
    throw unsupported('A classification has no intervals: its probabilities say how sure it is.', 'Leave it out.');
  }
  if (intervals === undefined) {
    const detail = 'This version has no intervals: it was trained before they were kept, or held out too few rows.';
    throw unsupported(detail, 'Train the model again, or leave `interval` out.');
  }
  const { spread, nonNegative, offsets, rows } = intervals;
  // 0.57 times 100 is a little more than 57
  const percent = Math.ceil(coverage * 100 - 1e-9);
  const offset = offsets[percent];
  if (offset === undefined) throw unavailable(coverage, rows, Object.keys(offsets));
  const [down, up] = offset;
  const ends = (value: number): Interval => {
    const score = target.logTransformed ? Math.log1p(value) : value;
    const unit = spreadAt(spread, score);
    // the way to the score and back rounds
    return {
      lower: Math.min(value, valueOfScore(score + down * unit, target.logTransformed)),
      upper: Math.max(value, valueOfScore(score + up * unit, target.logTransformed)),
      coverage: percent / 100,
    };
  };
  if (!nonNegative) return ends;
  return (value) => {
    const { lower, upper, ...rest } = ends(value);
    return { lower: Math.max(0, lower), upper: Math.max(0, upper), ...rest };
  };
};

const unsupported = (detail: string, cure: string): Problem =>
  new Problem(422, 'interval-unsupported', detail, { field: 'interval', cure });

const unavailable = (coverage: number, rows: number, percents: readonly string[]): Problem => {
  const most = Math.max(...percents.map(Number)) / 100;
  const detail = `A coverage of ${coverage} cannot be told from the ${rows} rows that were held out.`;
  return new Problem(422, 'coverage-unavailable', detail, {
    field: 'interval',
    cure: `Ask for ${most} at most, or train on more rows.`,
  });
};
