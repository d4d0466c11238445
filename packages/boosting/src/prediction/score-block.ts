// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the loops
import { largestFloat } from '../binning/plan-bins.ts';
import { kernelModule, startKernel } from '../kernel/kernel.ts';
import { allocate } from '../kernel/plan-memory.ts';
import type { Rows } from '../matrix.ts';
import type { FlatTrees } from './flatten-trees.ts';

/** Rows that go through all trees together: a block and the top of the trees stay in the cache. */
export const blockRows = 256;

const align = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/** Adds all trees to the sums of up to `blockRows` rows, from row `first` on; `sums` has `groups` numbers a row. */
export type BlockScorer = (x: Rows, first: number, count: number, sums: Float32Array) => void;

const writeNodes = (memory: WebAssembly.Memory, trees: FlatTrees, nodesAt: number, leavesAt: number): void => {
  const { left, feature, condition, defaultLeft } = trees;
  const integers = new Int32Array(memory.buffer, nodesAt, 4 * left.length);
  const floats = new Float32Array(memory.buffer, nodesAt, 4 * left.length);
  const leaves = new Float32Array(memory.buffer, leavesAt, left.length);
  for (let node = 0; node < left.length; node++) {
    const isLeaf = left[node]! < 0;
    floats[4 * node] = isLeaf ? Number.POSITIVE_INFINITY : condition[node]!;
    integers[4 * node + 1] = isLeaf ? 0 : 4 * feature[node]!;
    integers[4 * node + 2] = 16 * (isLeaf ? node : left[node]!);
    integers[4 * node + 3] = isLeaf || defaultLeft[node] === 1 ? 0 : 1;
    leaves[node] = isLeaf ? condition[node]! : 0;
  }
};

/**
 * Scores blocks of rows in WebAssembly. It keeps a copy of the trees: a scorer belongs to one thread.
 * @throws Problem `table-too-large`
 */
export const createBlockScorer = (trees: FlatTrees, features: number, groups: number): BlockScorer => {
  const nodesAt = 65_536;
  const leavesAt = nodesAt + align(16 * trees.left.length);
  const treesAt = leavesAt + align(4 * trees.left.length);
  const rowsAt = treesAt + align(12 * trees.roots.length);
  const sumsAt = rowsAt + align(4 * features * blockRows);
  const memory = allocate(sumsAt + align(4 * groups * blockRows));
  writeNodes(memory, trees, nodesAt, leavesAt);
  const table = new Int32Array(memory.buffer, treesAt, 3 * trees.roots.length);
  for (const [tree, root] of trees.roots.entries()) {
    table.set([16 * root, trees.depths[tree]!, 4 * trees.groups[tree]!], 3 * tree);
  }
  const kernel = startKernel(kernelModule(), memory, {});
  const staged = new Float32Array(memory.buffer, rowsAt, features * blockRows);
  const scored = new Float32Array(memory.buffer, sumsAt, groups * blockRows);
  return ({ values, columns }, first, count, sums) => {
    const from = first * columns;
    for (let i = 0; i < count * columns; i++) {
      const value = values[from + i]!;
      // A leaf's infinite condition must not be reached; against any other, the largest number does the same.
      staged[i] = Math.min(value, largestFloat);
    }
    scored.set(sums);
    kernel.addTrees(nodesAt, leavesAt, treesAt, trees.roots.length, rowsAt, 4 * columns, count, sumsAt, 4 * groups);
    sums.set(scored.subarray(0, sums.length));
  };
};
