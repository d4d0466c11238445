import { type Booster, trainBooster } from '@bellwether/boosting';
import type { ForecastPlan } from '../plan/forecast-plan.ts';
import type { FeatureLayout } from './feature-layout.ts';
import type { TrainingRows } from './training-rows.ts';

/** Boosted trees over all items of a panel. */
export interface GlobalModel {
  readonly layout: FeatureLayout;
  readonly booster: Booster;
}

const objectives = {
  squared: 'reg:squarederror',
  absolute: 'reg:absoluteerror',
  tweedie: 'reg:tweedie',
  quantile: 'reg:quantileerror',
} as const;

/** Below so many rows trees say nothing. */
const fewestRows = 20;

/** A quarter of the rows may end in a leaf of so few of them at least. */
const leafRows = (rows: number): number => Math.min(20, Math.max(2, rows / 200));

/**
 * Learns from the rows of all chunks, in the order in which they are given: give them in the order of the chunks.
 *
 * @returns undefined where there are too few rows to learn from
 * @throws Problem `table-too-large`
 */
export const fitBoostedTrees = async (
  parts: readonly TrainingRows[],
  plan: ForecastPlan,
): Promise<GlobalModel | undefined> => {
  const [first] = parts;
  const options = plan.boostedTrees;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  if (first === undefined || options === undefined || rows < fewestRows) return undefined;
  const { layout } = first;
  const columns = layout.names.length;
  const values = new Float32Array(rows * columns);
  const y = new Float32Array(rows);
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at * columns);
    y.set(part.targets, at);
    at += part.rows;
  }
  const booster = await trainBooster({
    x: { values, rows, columns },
    y,
    parameters: {
      objective: objectives[options.objective],
      quantile_alpha: [options.quantile],
      num_round: options.rounds,
      eta: options.eta,
      max_depth: options.maxDepth,
      min_child_weight: leafRows(rows),
      subsample: 0.8,
      colsample_bytree: 0.7,
      seed: plan.seed,
    },
    threads: options.threads,
    featureNames: layout.names.map((name) => name.replace(/[[\]<]/g, ' ')),
  });
  return { layout, booster };
};
