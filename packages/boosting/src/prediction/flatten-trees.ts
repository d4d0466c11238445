// biome-ignore-all lint/style/noNonNullAssertion: trees are checked when they are read or grown
import type { Booster, Tree } from '../model/booster.ts';

/** All trees of a booster in one set of arrays; the right child of a split follows the left one. */
export interface FlatTrees {
  /** a node: its left child, or -1 for a leaf */
  readonly left: Int32Array;
  readonly feature: Int32Array;
  /** a split: x < condition goes left; a leaf: what it adds */
  readonly condition: Float32Array;
  readonly defaultLeft: Uint8Array;
  /** by node: the categories that go right; undefined when no split is by category */
  readonly categories: ReadonlyMap<number, ReadonlySet<number>> | undefined;
  /** a tree: its root, the levels below it, and its group */
  readonly roots: Int32Array;
  readonly depths: Int32Array;
  readonly groups: Int32Array;
}

/** Nodes of a tree from the root on, level by level, siblings side by side; and where each one's children are. */
const levelsOf = (tree: Tree): { order: number[]; lefts: number[]; depth: number } => {
  const order = [0];
  const lefts: number[] = [];
  const levels = [0];
  for (let i = 0; i < order.length; i++) {
    const node = order[i]!;
    const left = tree.left[node]!;
    lefts.push(left < 0 ? -1 : order.length);
    if (left < 0) continue;
    order.push(left, tree.right[node]!);
    levels.push(levels[i]! + 1, levels[i]! + 1);
  }
  return { order, lefts, depth: levels.at(-1)! };
};

export const flattenTrees = ({ trees, treeGroups }: Booster): FlatTrees => {
  const levels = trees.map(levelsOf);
  const count = levels.reduce((sum, { order }) => sum + order.length, 0);
  const left = new Int32Array(count);
  const feature = new Int32Array(count);
  const condition = new Float32Array(count);
  const defaultLeft = new Uint8Array(count);
  const roots = new Int32Array(trees.length);
  const categories = new Map<number, ReadonlySet<number>>();
  let start = 0;
  for (const [index, tree] of trees.entries()) {
    roots[index] = start;
    const { order, lefts } = levels[index]!;
    for (const [i, node] of order.entries()) {
      left[start + i] = lefts[i]! < 0 ? -1 : start + lefts[i]!;
      feature[start + i] = tree.feature[node]!;
      condition[start + i] = tree.condition[node]!;
      defaultLeft[start + i] = tree.defaultLeft[node]!;
      const set = tree.categories?.get(node);
      if (set !== undefined) categories.set(start + i, new Set(set));
    }
    start += order.length;
  }
  return {
    left,
    feature,
    condition,
    defaultLeft,
    categories: categories.size > 0 ? categories : undefined,
    roots,
    depths: Int32Array.from(levels, ({ depth }) => depth),
    groups: treeGroups,
  };
};
