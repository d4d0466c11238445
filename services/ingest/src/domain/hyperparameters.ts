import { nearestNames } from '@bellwether/datasets';
import { type BoostedTreesOptions, boostedTreesName } from '@bellwether/forecasting';
import { z } from 'zod';
import type { Refusal } from './refusal.ts';

/** Of the options all but `threads`, which is the operator's to say. */
const BoostedTrees = z.strictObject({
  maxRows: z.int().min(1000).max(10_000_000).optional(),
  rounds: z.int().min(1).max(5000).optional(),
  eta: z.number().gt(0).max(1).optional(),
  maxDepth: z.int().min(1).max(16).optional(),
  objective: z.enum(['squared', 'absolute', 'tweedie']).optional(),
  strategy: z.enum(['direct', 'recursive']).optional(),
} satisfies Record<Exclude<keyof BoostedTreesOptions, 'threads'>, z.ZodType>);
const known = Object.keys(BoostedTrees.shape);

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
  if (model !== boostedTreesName) {
    return {
      code: 'hyperparameter-unknown',
      detail: `The predictor ${model} has no hyperparameters: it chooses what it needs from each series.`,
      field: `${field}.${first}`,
      cure: `Leave them out; only ${boostedTreesName} has some: ${known.join(', ')}.`,
    };
  }
  const issue = BoostedTrees.safeParse(hyperparameters).error?.issues[0];
  if (issue === undefined) return undefined;
  if (issue.code === 'unrecognized_keys') {
    const name = issue.keys[0] ?? first;
    return {
      code: 'hyperparameter-unknown',
      detail: `${boostedTreesName} has no hyperparameter ${name}.`,
      field: `${field}.${name}`,
      cure: `The nearest are ${nearestNames(name, known).join(', ')}.`,
    };
  }
  const name = issue.path.join('.');
  return {
    code: 'hyperparameter-invalid',
    detail: `The hyperparameter ${name} of ${boostedTreesName} cannot be ${JSON.stringify(hyperparameters[name])}: ${issue.message}.`,
    field: `${field}.${name}`,
    cure: 'Give another value, or leave it out.',
  };
}
