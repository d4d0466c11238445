// biome-ignore-all lint/style/noNonNullAssertion: lengths are checked first
import type { Tree } from '../model/booster.ts';
import type { Fields } from './fields.ts';

/** Categories are bits of a set that is as long as the largest one. */
const mostCategories = 2 ** 24;

/** With one parent a child, and none of the root, no way down from the root leads in a circle. */
const checkShape = (tree: Fields, left: Int32Array, right: Int32Array): void => {
  const seen = new Uint8Array(left.length);
  for (let node = 0; node < left.length; node++) {
    const [a, b] = [left[node]!, right[node]!];
    if (a === -1 && b === -1) continue;
    for (const child of [a, b]) {
      if (!(child > 0 && child < left.length)) throw tree.refuse(`node ${node} has no such child: ${child}`);
      if (seen[child] === 1) throw tree.refuse(`node ${child} has two parents`);
      seen[child] = 1;
    }
  }
};

const categoriesOf = (tree: Fields, count: number): ReadonlyMap<number, Uint32Array> | undefined => {
  if (!tree.has('split_type') || !Array.from(tree.numbers('split_type')).includes(1)) return undefined;
  const nodes = tree.numbers('categories_nodes');
  const segments = tree.numbers('categories_segments');
  const sizes = tree.numbers('categories_sizes');
  const all = tree.numbers('categories');
  if (segments.length !== nodes.length || sizes.length !== nodes.length) throw tree.refuse('its categories do not fit');
  const sets = new Map<number, Uint32Array>();
  let total = 0;
  for (let i = 0; i < nodes.length; i++) {
    const [node, start, size] = [nodes[i]!, segments[i]!, sizes[i]!];
    total += size;
    const fits =
      node >= 0 && node < count && start >= 0 && size >= 0 && start + size <= all.length && total <= all.length;
    if (!fits || sets.has(node)) throw tree.refuse('its categories do not fit');
    sets.set(
      node,
      Uint32Array.from({ length: size }, (_, k) => all[start + k]!),
    );
  }
  for (const set of sets.values()) {
    if (set.some((category) => category >= mostCategories)) throw tree.refuse('a category is too large');
  }
  return sets;
};

const checkNodes = (tree: Fields, left: Int32Array, feature: Int32Array, condition: Float32Array, features: number) => {
  for (let node = 0; node < left.length; node++) {
    if (!Number.isFinite(condition[node])) throw tree.refuse(`node ${node} has no finite value`);
    if (left[node]! >= 0 && !(feature[node]! >= 0 && feature[node]! < features)) {
      throw tree.refuse(`node ${node} splits feature ${feature[node]} of ${features}`);
    }
  }
};

const refuseVectorLeaves = (tree: Fields): void => {
  const parameters = tree.fields('tree_param');
  if (!parameters.has('size_leaf_vector') || parameters.count('size_leaf_vector', 2 ** 31) <= 1) return;
  throw tree.refuse('its leaves hold several values: train with multi_strategy="one_output_per_tree"');
};

/**
 * A tree of a model, checked: any row ends in one of its leaves.
 * @param scale what its leaves count, 1 but for DART
 * @throws Problem `booster-refused`
 */
export const readTree = (tree: Fields, features: number, scale: number): Tree => {
  refuseVectorLeaves(tree);
  const left = Int32Array.from(tree.numbers('left_children'));
  if (left.length === 0) throw tree.refuse('it has no nodes');
  const numbers = (key: string): ArrayLike<number> => {
    const found = tree.numbers(key);
    if (found.length !== left.length) throw tree.refuse(`${key} has ${found.length} entries of ${left.length} nodes`);
    return found;
  };
  const right = Int32Array.from(numbers('right_children'));
  checkShape(tree, left, right);
  const feature = Int32Array.from(numbers('split_indices'));
  const condition = Float32Array.from(numbers('split_conditions'));
  checkNodes(tree, left, feature, condition, features);
  const categories = categoriesOf(tree, left.length);
  return {
    left,
    right,
    feature: feature.map((column, node) => (left[node]! < 0 ? 0 : column)),
    condition: condition.map((value, node) => (left[node]! < 0 ? value * scale : value)),
    defaultLeft: Uint8Array.from(numbers('default_left'), (value) => (value ? 1 : 0)),
    gain: Float32Array.from(numbers('loss_changes')),
    cover: Float32Array.from(numbers('sum_hessian')),
    weight: Float32Array.from(numbers('base_weights')),
    ...(categories === undefined ? {} : { categories }),
  };
};
