import type { RegulariseOptions } from '@bellwether/forecasting';

/** What becomes of negative values; `rare-forward`: they are errors where they are rare, and values elsewhere. */
export type NegativesWish = NonNullable<RegulariseOptions['negatives']> | 'rare-forward';

/** More of them are no errors: balances, temperatures. */
const mostErrors = 0.02;

/** How many values a table has, and how many of them are below 0. */
export interface Signs {
  readonly values: number;
  readonly negative: number;
}

export const noSigns: Signs = { values: 0, negative: 0 };

export function addSigns({ values, negative }: Signs, target: Float64Array): Signs {
  let [more, below] = [0, 0];
  for (const value of target) {
    if (Number.isNaN(value)) continue;
    more += 1;
    if (value < 0) below += 1;
  }
  return { values: values + more, negative: negative + below };
}

/** The rule for the negative values of a table, as it was wished. */
export function negativesOf(wish: NegativesWish, { values, negative }: Signs): RegulariseOptions['negatives'] {
  if (wish !== 'rare-forward') return wish;
  return negative > 0 && negative <= mostErrors * values ? 'forward' : 'keep';
}
