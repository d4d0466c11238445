// biome-ignore-all lint/style/noNonNullAssertion: trees are checked when they are read or grown
import type { Booster } from '../model/booster.ts';

/** As XGBoost's importance types, one number a feature; 0 where it is in no split. */
export interface FeatureImportance {
  /** number of splits */
  readonly weight: Float64Array;
  /** loss that its splits saved, in all and on average */
  readonly totalGain: Float64Array;
  readonly gain: Float64Array;
  /** sum of hessians of its splits, in all and on average */
  readonly totalCover: Float64Array;
  readonly cover: Float64Array;
}

export const featureImportance = ({ trees, features }: Booster): FeatureImportance => {
  const weight = new Float64Array(features);
  const totalGain = new Float64Array(features);
  const totalCover = new Float64Array(features);
  for (const tree of trees) {
    for (const [node, left] of tree.left.entries()) {
      if (left < 0) continue;
      const feature = tree.feature[node]!;
      weight[feature]! += 1;
      totalGain[feature]! += tree.gain[node]!;
      totalCover[feature]! += tree.cover[node]!;
    }
  }
  const mean = (totals: Float64Array) => totals.map((total, feature) => total / Math.max(1, weight[feature]!));
  return { weight, totalGain, gain: mean(totalGain), totalCover, cover: mean(totalCover) };
};
