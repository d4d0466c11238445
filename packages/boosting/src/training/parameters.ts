import { z } from 'zod';

export const ObjectiveName = z.enum([
  'reg:squarederror',
  'reg:squaredlogerror',
  'reg:absoluteerror',
  'reg:quantileerror',
  'binary:logistic',
  'multi:softprob',
  'count:poisson',
  'reg:tweedie',
]);
export type ObjectiveName = z.infer<typeof ObjectiveName>;

const share = z.number().gt(0).max(1);

/** What XGBoost calls its parameters, with its defaults. */
export const Parameters = z.strictObject({
  objective: ObjectiveName.default('reg:squarederror'),
  /** classes of `multi:softprob`; for `reg:squarederror`: one 0/1 target a class, of which forests make shares */
  num_class: z.int().min(0).default(0),
  /** of `reg:quantileerror`, rising or not */
  quantile_alpha: z.array(z.number().gt(0).lt(1)).min(1).default([0.5]),
  tweedie_variance_power: z.number().gt(1).lt(2).default(1.5),
  num_round: z.int().positive().max(100_000).default(100),
  num_parallel_tree: z.int().positive().max(100_000).default(1),
  eta: z.number().positive().default(0.3),
  max_depth: z.int().min(1).max(64).default(6),
  min_child_weight: z.number().nonnegative().default(1),
  max_delta_step: z.number().nonnegative().default(0),
  lambda: z.number().nonnegative().default(1),
  alpha: z.number().nonnegative().default(0),
  gamma: z.number().nonnegative().default(0),
  max_bin: z.int().min(2).max(256).default(256),
  subsample: share.default(1),
  /** `uniform`: each row at most once; `poisson`: as often as chance has it, the bootstrap of forests */
  sampling_method: z.enum(['uniform', 'poisson']).default('uniform'),
  colsample_bytree: share.default(1),
  colsample_bynode: share.default(1),
  scale_pos_weight: z.number().positive().default(1),
  /** a feature: -1 falling, 0 free, 1 rising */
  monotone_constraints: z.array(z.union([z.literal(-1), z.literal(0), z.literal(1)])).default([]),
  /** needs rows to validate on */
  early_stopping_rounds: z.int().positive().optional(),
  /** where scores start; estimated from the target unless given */
  base_score: z.number().optional(),
  seed: z.int().default(0),
});
export type Parameters = z.infer<typeof Parameters>;
