import type { ObjectiveName } from './parameters.ts';

/** Codes of `assembly/objectives.ts`. */
export const objectiveCodes = {
  'reg:squarederror': 0,
  'reg:squaredlogerror': 1,
  'reg:absoluteerror': 2,
  'reg:quantileerror': 3,
  'binary:logistic': 4,
  'multi:softprob': 5,
  'count:poisson': 6,
  'reg:tweedie': 7,
} as const satisfies Record<ObjectiveName, number>;

/** Squared error on one 0/1 target a class: a forest's shares of the votes. */
export const classSharesCode = 8;
