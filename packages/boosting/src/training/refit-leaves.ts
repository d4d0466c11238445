import { leavesOf, type NodeLayout } from './collect-tree.ts';
import type { Parameters } from './parameters.ts';
import { quantileOf } from './quantile.ts';
import type { Labelled, Workspace } from './workspace.ts';

/**
 * Absolute and quantile errors have no curvature to take a leaf's best value from: each leaf takes the quantile of
 * what is left to explain in it, as XGBoost does. Other objectives keep their leaves.
 */
export const refitLeaves = (
  { memory, plan, allRows }: Workspace,
  { x, y, weights }: Labelled,
  { objective, quantile_alpha, eta, num_parallel_tree }: Parameters,
  group: number,
  layout: NodeLayout,
): void => {
  if (objective !== 'reg:absoluteerror' && objective !== 'reg:quantileerror') return;
  const share = objective === 'reg:absoluteerror' ? 0.5 : (quantile_alpha[group] as number);
  const { buffer } = memory;
  const view = new DataView(buffer);
  const rows = new Uint32Array(buffer, plan.addresses.rowLists, x.rows);
  const scores = new Float32Array(buffer, plan.addresses.scores + 4 * group * allRows, x.rows);
  for (const { address, begin, end } of leavesOf(view, plan.addresses.nodes, layout)) {
    if (end === begin) continue;
    const inside = rows.subarray(begin, end);
    const residuals = Float64Array.from(inside, (row) => (y[row] as number) - (scores[row] as number));
    const leafWeights =
      weights === undefined ? {} : { weights: Float64Array.from(inside, (row) => weights[row] as number) };
    const value = quantileOf({ y: residuals, ...leafWeights }, share);
    view.setFloat64(address + layout.WEIGHT, value, true);
    view.setFloat32(address + layout.VALUE, (value * eta) / num_parallel_tree, true);
  }
};
