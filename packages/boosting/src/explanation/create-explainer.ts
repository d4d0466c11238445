// biome-ignore-all lint/style/noNonNullAssertion: trees are checked when they are read or grown
import { Problem } from '@bellwether/contracts';
import type { Booster, Tree } from '../model/booster.ts';
import { scoreOfBase } from '../model/links.ts';
import { createDecider } from './decide.ts';
import { copyPath, createPathArena, extendPath, type PathArena, unwindPath, unwoundSum } from './unique-path.ts';

/** Explains scores by features. It keeps scratch memory, so it belongs to one thread. */
export interface Explainer {
  /**
   * Writes the SHAP value of each feature for one score of the row that starts at `x[from]`, from `out[at]` on.
   * @returns the expected score: with the values it adds up to the row's
   */
  readonly contributions: (x: ArrayLike<number>, from: number, group: number, out: Float64Array, at: number) => number;
}

/** Its time grows with the square of the depth, and its memory too. */
const deepest = 500;

interface ExplainedTree {
  readonly tree: Tree;
  readonly goesLeft: (node: number, value: number) => boolean;
  /** mean of the leaves below each node, weighted by their cover */
  readonly means: Float64Array;
  readonly depth: number;
}

/** Children before parents, whatever the order in the file. */
const explainTree = (tree: Tree): ExplainedTree => {
  const order = [0];
  const levels = [0];
  for (let i = 0; i < order.length; i++) {
    const node = order[i]!;
    if (tree.left[node]! < 0) continue;
    order.push(tree.left[node]!, tree.right[node]!);
    levels.push(levels[i]! + 1, levels[i]! + 1);
  }
  const means = new Float64Array(tree.left.length);
  for (const node of order.reverse()) {
    const [left, right] = [tree.left[node]!, tree.right[node]!];
    const cover = left < 0 ? 0 : tree.cover[left]! + tree.cover[right]!;
    if (left < 0) means[node] = tree.condition[node]!;
    else if (cover > 0) means[node] = (tree.cover[left]! * means[left]! + tree.cover[right]! * means[right]!) / cover;
  }
  return { tree, goesLeft: createDecider(tree), means, depth: levels.at(-1)! };
};

/** The explanation of one row by one tree. */
interface Walk extends ExplainedTree {
  readonly arena: PathArena;
  readonly x: ArrayLike<number>;
  readonly from: number;
  readonly out: Float64Array;
  readonly at: number;
}

const noFeature = -1;

const addLeaf = ({ arena, tree, out, at }: Walk, node: number, path: number, last: number): void => {
  const { feature, zero, one } = arena;
  for (let i = 1; i <= last; i++) {
    const share = unwoundSum(arena, path, last, i) * (one[path + i]! - zero[path + i]!);
    out[at + feature[path + i]!]! += share * tree.condition[node]!;
  }
};

/**
 * @param parent where the path of the parent begins, which has `length` entries
 */
const descend = (
  walk: Walk,
  node: number,
  parent: number,
  length: number,
  feature: number,
  zero: number,
  one: number,
): void => {
  const { arena, tree, x, from } = walk;
  const path = parent + length;
  copyPath(arena, parent, length, path);
  extendPath(arena, path, length, feature, zero, one);
  const left = tree.left[node]!;
  if (left < 0) {
    addLeaf(walk, node, path, length);
    return;
  }

  const split = tree.feature[node]!;
  const taken = walk.goesLeft(node, Math.fround(x[from + split]!)) ? left : tree.right[node]!;
  const other = taken === left ? tree.right[node]! : left;
  let last = length;
  let [zeroShare, oneShare] = [1, 1];
  const earlier = arena.feature.subarray(path, path + length + 1).indexOf(split);
  if (earlier >= 0) {
    zeroShare = arena.zero[path + earlier]!;
    oneShare = arena.one[path + earlier]!;
    unwindPath(arena, path, last, earlier);
    last--;
  }
  const cover = tree.cover[taken]! + tree.cover[other]!;
  const share = (child: number): number => (cover > 0 ? tree.cover[child]! / cover : 0.5) * zeroShare;
  descend(walk, taken, path, last + 1, split, share(taken), oneShare);
  descend(walk, other, path, last + 1, split, share(other), 0);
};

/**
 * Compiles the explanations of a booster: path-dependent TreeSHAP, as XGBoost's `pred_contribs`.
 * @throws Problem `explanation-refused` for trees of more than 500 levels
 */
export const createExplainer = ({ trees, treeGroups, objective, baseScore, features }: Booster): Explainer => {
  let compiled: ExplainedTree[] | undefined;
  let arena: PathArena | undefined;
  const compile = (): ExplainedTree[] => {
    const explained = trees.map(explainTree);
    const depth = explained.reduce((most, tree) => Math.max(most, tree.depth), 0);
    if (depth > deepest) {
      throw new Problem(422, 'explanation-refused', `Trees of ${depth} levels take too long to explain.`, {
        cure: `Train trees of at most ${deepest} levels.`,
      });
    }
    arena = createPathArena(depth);
    return explained;
  };
  return {
    contributions: (x, from, group, out, at) => {
      compiled ??= compile();
      out.fill(0, at, at + features);
      let base = scoreOfBase(objective.name, baseScore[group]!);
      for (const [index, explained] of compiled.entries()) {
        if (treeGroups[index] !== group) continue;
        base += explained.means[0]!;
        descend({ ...explained, arena: arena as PathArena, x, from, out, at }, 0, 0, 0, noFeature, 1, 1);
      }
      return base;
    },
  };
};
