import type { Booster, Tree } from '../model/booster.ts';

/** What a written model is made of. */
export type Document =
  | string
  | number
  | Float32Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | readonly Document[]
  | { readonly [key: string]: Document };

/** XGBoost's mark of a root, in the place of a parent. */
const noParent = 2 ** 31 - 1;

const parentsOf = ({ left, right }: Tree): Int32Array => {
  const parents = new Int32Array(left.length).fill(noParent);
  for (const [node, child] of left.entries()) {
    if (child < 0) continue;
    parents[child] = node;
    parents[right[node] as number] = node;
  }
  return parents;
};

const categoriesOf = ({ left, categories = new Map<number, Uint32Array>() }: Tree) => {
  const nodes = [...categories.keys()].sort((a, b) => a - b);
  const sets = nodes.map((node) => categories.get(node) as Uint32Array);
  let start = 0;
  const segments = sets.map((set) => {
    start += set.length;
    return start - set.length;
  });
  return {
    categories: Int32Array.from(sets.flatMap((set) => Array.from(set))),
    categories_nodes: Int32Array.from(nodes),
    categories_segments: BigInt64Array.from(segments, BigInt),
    categories_sizes: BigInt64Array.from(sets, (set) => BigInt(set.length)),
    split_type: Uint8Array.from(left, (_, node) => (categories.has(node) ? 1 : 0)),
  };
};

const treeDocument = (tree: Tree, id: number, features: number): Document => ({
  base_weights: tree.weight,
  ...categoriesOf(tree),
  default_left: tree.defaultLeft,
  id,
  left_children: tree.left,
  loss_changes: tree.gain,
  parents: parentsOf(tree),
  right_children: tree.right,
  split_conditions: tree.condition,
  split_indices: tree.feature,
  sum_hessian: tree.cover,
  tree_param: {
    num_deleted: '0',
    num_feature: String(features),
    num_nodes: String(tree.left.length),
    size_leaf_vector: '1',
  },
});

/** With an exponent, since XGBoost before 3.1 reads a text without one as an integer. */
const baseText = (base: number): string => Number(base.toPrecision(9)).toExponential().toUpperCase();

/** One number where one will do: only XGBoost from 3.1 on reads several. */
const baseScoreOf = (baseScore: Float32Array): { text: string; version: number[] } => {
  const [first = 0] = baseScore;
  return baseScore.every((base) => base === first)
    ? { text: baseText(first), version: [3, 0, 0] }
    : { text: `[${Array.from(baseScore, baseText).join(',')}]`, version: [3, 1, 0] };
};

/** The booster as XGBoost 3 writes it, for both JSON and UBJSON. */
export const documentOf = (booster: Booster): Document => {
  const { trees, features, groups, objective, featureNames, featureTypes } = booster;
  const { text, version } = baseScoreOf(booster.baseScore);
  const isMulticlass = objective.name.startsWith('multi:');
  return {
    learner: {
      attributes: booster.attributes,
      feature_names: featureNames,
      feature_types: featureTypes,
      gradient_booster: {
        model: {
          gbtree_model_param: {
            num_parallel_tree: String(booster.parallelTrees),
            num_trees: String(trees.length),
          },
          // Of these XGBoost reads only lists whose items have a type each.
          iteration_indptr: Array.from(booster.rounds),
          tree_info: Array.from(booster.treeGroups),
          trees: trees.map((tree, id) => treeDocument(tree, id, features)),
        },
        name: 'gbtree',
      },
      learner_model_param: {
        base_score: text,
        boost_from_average: '1',
        num_class: String(isMulticlass ? groups : 0),
        num_feature: String(features),
        num_target: String(isMulticlass ? 1 : groups),
      },
      objective: { name: objective.name, ...(objective.parameters as { readonly [key: string]: Document }) },
    },
    version,
  };
};
