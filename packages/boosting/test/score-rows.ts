import type { Rows } from '../src/matrix.ts';
import type { Booster, Tree } from '../src/model/booster.ts';

/** The leaf of a row: the definition of a tree, as plainly as possible. */
export const leafOf = (tree: Tree, row: ArrayLike<number>): number => {
  let node = 0;
  while ((tree.left[node] as number) >= 0) {
    const value = Math.fround(row[tree.feature[node] as number] as number);
    const goesLeft = Number.isNaN(value) ? tree.defaultLeft[node] === 1 : value < (tree.condition[node] as number);
    node = (goesLeft ? tree.left[node] : tree.right[node]) as number;
  }
  return node;
};

/** Sums of leaves by row, for boosters of one group. */
export const leafSums = ({ trees }: Booster, { values, rows, columns }: Rows): Float64Array =>
  Float64Array.from({ length: rows }, (_, row) => {
    const at = values.subarray(row * columns, (row + 1) * columns);
    return trees.reduce((sum, tree) => sum + (tree.condition[leafOf(tree, at)] as number), 0);
  });
