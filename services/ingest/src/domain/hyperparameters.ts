import { nearestNames } from '@bellwether/datasets';
import { type BoostedTreesOptions, boostedTreesName } from '@bellwether/forecasting';
import { z } from 'zod';
import type { Refusal } from './refusal.ts';

const share = z.number().gt(0).max(1).optional();

/** By predictor. Those that are not here choose all that they need from each series. */
const schemas: Readonly<Record<string, z.ZodObject>> = {
  /** Of the options all but `threads`, which is the operator's to say. */
  [boostedTreesName]: z.strictObject({
    maxRows: z.int().min(1000).max(10_000_000).optional(),
    rounds: z.int().min(1).max(5000).optional(),
    eta: share,
    maxDepth: z.int().min(1).max(16).optional(),
    lags: z.int().min(1).max(400).optional(),
    objective: z.enum(['squared', 'absolute', 'tweedie', 'quantile']).optional(),
    quantile: z.number().gt(0).lt(1).optional(),
    strategy: z.enum(['direct', 'recursive']).optional(),
  } satisfies Record<Exclude<keyof BoostedTreesOptions, 'threads'>, z.ZodType>),
  npts: z.strictObject({
    kernel_type: z.enum(['exponential', 'uniform']).optional(),
    exp_kernel_weights: z.number().gt(0).max(10).optional(),
    use_seasonal_model: z.boolean().optional(),
    context_length: z.int().min(1).max(100_000).optional(),
  }),
  tsb: z.strictObject({ alpha_d: share, alpha_p: share }),
};

/** A predictor's schema, also where it sees the logarithm of the target. */
const schemaOf = (model: string): z.ZodObject | undefined => schemas[model.replace(/^log-/, '')];

/**
 * What is wrong with a predictor's hyperparameters.
 *
 * @param field where they stand in the request
 * @returns undefined where nothing is
 */
export function hyperparameterFault(
  model: string,
  hyperparameters: Readonly<Record<string, unknown>>,
  field: string,
): Refusal | undefined {
  const [first] = Object.keys(hyperparameters);
  if (first === undefined) return undefined;
  const schema = schemaOf(model);
  if (schema === undefined) {
    return {
      code: 'hyperparameter-unknown',
      detail: `The predictor ${model} has no hyperparameters: it chooses what it needs from each series.`,
      field: `${field}.${first}`,
      cure: `Leave them out; ${Object.keys(schemas).join(', ')} have some.`,
    };
  }
  const known = Object.keys(schema.shape);
  const issue = schema.safeParse(hyperparameters).error?.issues[0];
  if (issue === undefined) return undefined;
  if (issue.code === 'unrecognized_keys') {
    const name = issue.keys[0] ?? first;
    return {
      code: 'hyperparameter-unknown',
      detail: `${model} has no hyperparameter ${name}.`,
      field: `${field}.${name}`,
      cure: `The nearest are ${nearestNames(name, known).join(', ')}.`,
    };
  }
  const name = issue.path.join('.');
  return {
    code: 'hyperparameter-invalid',
    detail: `The hyperparameter ${name} of ${model} cannot be ${JSON.stringify(hyperparameters[name])}: ${issue.message}.`,
    field: `${field}.${name}`,
    cure: 'Give another value, or leave it out.',
  };
}
