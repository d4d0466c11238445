// biome-ignore-all lint/style/noNonNullAssertion: trees are checked when they are read or grown
import type { FlatTrees } from './flatten-trees.ts';

/** Adds all trees to the sums of one row that starts at `x[from]`, in float32 and in their order, as XGBoost does. */
export type RowScorer = (x: ArrayLike<number>, from: number, sums: Float32Array) => void;

const numericScorer = ({ left, feature, condition, defaultLeft, roots, groups }: FlatTrees): RowScorer => {
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: a call for each node would take half of the time
  return (x, from, sums) => {
    for (let tree = 0; tree < roots.length; tree++) {
      let node = roots[tree]!;
      for (let next = left[node]!; next >= 0; next = left[node]!) {
        const value = Math.fround(x[from + feature[node]!]!);
        if (value < condition[node]!) node = next;
        else if (value >= condition[node]!) node = next + 1;
        else node = defaultLeft[node] === 1 ? next : next + 1;
      }
      sums[groups[tree]!]! += condition[node]!;
    }
  };
};

/** Above it float32 skips whole numbers: XGBoost sends such a category to the left. */
const categoryLimit = 2 ** 24;

const categoricalScorer = (trees: FlatTrees, categories: ReadonlyMap<number, ReadonlySet<number>>): RowScorer => {
  const { left, feature, condition, defaultLeft, roots, groups } = trees;
  const goesLeft = (node: number, value: number): boolean => {
    if (Number.isNaN(value)) return defaultLeft[node] === 1;
    const right = categories.get(node);
    if (right === undefined) return value < condition[node]!;
    if (value < 0 || value >= categoryLimit) return true;
    return !right.has(Math.trunc(value));
  };
  return (x, from, sums) => {
    for (let tree = 0; tree < roots.length; tree++) {
      let node = roots[tree]!;
      for (let next = left[node]!; next >= 0; next = left[node]!) {
        node = goesLeft(node, Math.fround(x[from + feature[node]!]!)) ? next : next + 1;
      }
      sums[groups[tree]!]! += condition[node]!;
    }
  };
};

export const createRowScorer = (trees: FlatTrees): RowScorer =>
  trees.categories === undefined ? numericScorer(trees) : categoricalScorer(trees, trees.categories);
