// biome-ignore-all lint/style/noNonNullAssertion: indices come from the kernel
import { type BinnedFeature, thresholdAfter } from '../binning/plan-bins.ts';
import { type Kernel, kernelConstant } from '../kernel/kernel.ts';
import type { Tree } from '../model/booster.ts';

const fields = ['BIN', 'DEFAULT_LEFT', 'FEATURE', 'GAIN', 'HESSIAN', 'LEFT', 'NODE_BYTES', 'VALUE', 'WEIGHT'] as const;

/** Offsets in a node's record. */
export type NodeLayout = Readonly<Record<(typeof fields)[number], number>>;

export const nodeLayoutOf = (kernel: Kernel): NodeLayout =>
  Object.fromEntries(fields.map((name) => [name, kernelConstant(kernel, name)])) as NodeLayout;

/** The records' addresses level by level: the order in which threads wrote them is chance. */
const levelOrder = (view: DataView, first: number, layout: NodeLayout): { addresses: number[]; lefts: number[] } => {
  const addresses = [first];
  const lefts: number[] = [];
  for (let index = 0; index < addresses.length; index++) {
    const child = view.getInt32(addresses[index]! + layout.LEFT, true);
    lefts.push(child < 0 ? -1 : addresses.length);
    if (child >= 0) addresses.push(first + child * layout.NODE_BYTES, first + (child + 1) * layout.NODE_BYTES);
  }
  return { addresses, lefts };
};

/**
 * Reads a tree out of the kernel's memory.
 *
 * @param first address of its root's record
 */
export const collectTree = (
  view: DataView,
  first: number,
  features: readonly BinnedFeature[],
  layout: NodeLayout,
): Tree => {
  const { addresses, lefts } = levelOrder(view, first, layout);
  const count = addresses.length;
  const tree = {
    left: Int32Array.from(lefts),
    right: Int32Array.from(lefts, (left) => (left < 0 ? -1 : left + 1)),
    feature: new Int32Array(count),
    condition: new Float32Array(count),
    defaultLeft: new Uint8Array(count),
    gain: new Float32Array(count),
    cover: new Float32Array(count),
    weight: new Float32Array(count),
  };
  for (const [index, address] of addresses.entries()) {
    tree.cover[index] = view.getFloat64(address + layout.HESSIAN, true);
    tree.weight[index] = view.getFloat64(address + layout.WEIGHT, true);
    if (lefts[index]! < 0) {
      tree.condition[index] = view.getFloat32(address + layout.VALUE, true);
      continue;
    }
    const feature = features[view.getInt32(address + layout.FEATURE, true)]!;
    tree.feature[index] = feature.column;
    tree.condition[index] = thresholdAfter(feature, view.getInt32(address + layout.BIN, true));
    tree.defaultLeft[index] = view.getInt32(address + layout.DEFAULT_LEFT, true);
    tree.gain[index] = view.getFloat64(address + layout.GAIN, true);
  }
  return tree;
};
