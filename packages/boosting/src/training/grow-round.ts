import { kernelConstant } from '../kernel/kernel.ts';
import { orders } from '../kernel/orders.ts';
import type { Team } from '../kernel/team.ts';
import type { Tree } from '../model/booster.ts';
import { collectTree, type NodeLayout, nodeLayoutOf } from './collect-tree.ts';
import type { Parameters } from './parameters.ts';
import { drawSome, seedOf } from './random.ts';
import { quantilesOf, type Workspace } from './workspace.ts';

/** A tree of a round and the score that it adds to. */
export interface GrownTree {
  readonly tree: Tree;
  readonly group: number;
}

interface TreeTask {
  readonly group: number;
  readonly seed: number;
}

/** Grows the trees of one round after the other. */
export type RoundGrower = (round: number) => GrownTree[];

const padded = (bytes: number): number => Math.ceil(bytes / 16) * 16;

/** Writes which features a tree may use. */
const maskWriter = ({ memory, plan, bins }: Workspace, { colsample_bytree }: Parameters) => {
  const features = bins.features.length;
  const count = Math.max(1, Math.round(features * colsample_bytree));
  return (set: number, seed: number): void => {
    const mask = new Uint8Array(memory.buffer, plan.addresses.treeFeatures + set * padded(features), features);
    if (count >= features) mask.fill(1);
    else {
      mask.fill(0);
      for (const feature of drawSome(features, count, seedOf(seed, 2))) mask[feature] = 1;
    }
  };
};

const tasksOf = (round: number, groups: number, { num_parallel_tree, seed }: Parameters): TreeTask[] =>
  Array.from({ length: groups }, (_, group) =>
    Array.from({ length: num_parallel_tree }, (_, place) => ({ group, seed: seedOf(seed, round, group, place) })),
  ).flat();

/** All threads on one tree; `after` is the order that adds it to the scores. */
const togetherGrower = (
  workspace: Workspace,
  { kernel }: Team,
  parameters: Parameters,
  layout: NodeLayout,
): ((task: TreeTask, after: number) => GrownTree) => {
  const { memory, plan, bins } = workspace;
  const view = new DataView(memory.buffer);
  const groupCell = kernelConstant(kernel, 'ORDER_GROUP');
  const seedCell = kernelConstant(kernel, 'ORDER_SEED');
  const writeMask = maskWriter(workspace, parameters);
  const { nodes } = plan.addresses;
  const refits = quantilesOf(parameters) !== undefined;
  return ({ group, seed }, after) => {
    kernel.muster();
    view.setInt32(groupCell, group, true);
    view.setUint32(seedCell, seed, true);
    writeMask(0, seed);
    kernel.command(orders.growTogether);
    if (refits) kernel.command(orders.refit);
    kernel.command(after);
    return { tree: collectTree(view, nodes, bins.features, layout), group };
  };
};

/** In the place of a tree's group: the thread has nothing to do. */
const noTree = -1;

/** Each thread on a tree of its own, batch by batch. */
const apartGrower = (
  workspace: Workspace,
  { kernel }: Team,
  parameters: Parameters,
  layout: NodeLayout,
  keepScores: boolean,
): ((tasks: readonly TreeTask[]) => GrownTree[]) => {
  const { memory, plan, bins } = workspace;
  const view = new DataView(memory.buffer);
  const groupCells = kernelConstant(kernel, 'TREE_GROUPS');
  const seedCells = kernelConstant(kernel, 'TREE_SEEDS');
  const writeMask = maskWriter(workspace, parameters);
  const setBytes = plan.nodeCapacity * layout.NODE_BYTES;
  const assign = (thread: number, task: TreeTask | undefined): void => {
    view.setInt32(groupCells + 4 * thread, task?.group ?? noTree, true);
    if (task === undefined) return;
    view.setUint32(seedCells + 4 * thread, task.seed, true);
    writeMask(thread, task.seed);
  };
  return (tasks) => {
    const grown: GrownTree[] = [];
    for (let start = 0; start < tasks.length; ) {
      const threads = kernel.muster();
      const batch = tasks.slice(start, start + threads);
      for (let thread = 0; thread < threads; thread++) assign(thread, batch[thread]);
      kernel.command(orders.growApart);
      for (const [thread, { group }] of batch.entries()) {
        const tree = collectTree(view, plan.addresses.nodes + thread * setBytes, bins.features, layout);
        grown.push({ tree, group });
      }
      if (keepScores) kernel.command(orders.addApart);
      start += threads;
    }
    return grown;
  };
};

/**
 * @param keepScores whether anything needs the scores after the last round
 */
export const createRoundGrower = (
  workspace: Workspace,
  team: Team,
  parameters: Parameters,
  keepScores: boolean,
): RoundGrower => {
  const { kernel } = team;
  const layout = nodeLayoutOf(kernel);
  const growTogether = togetherGrower(workspace, team, parameters, layout);
  const growApart = apartGrower(workspace, team, parameters, layout, keepScores);
  return (round) => {
    const tasks = tasksOf(round, workspace.groups, parameters);
    if (workspace.apart) {
      kernel.command(orders.gradients);
      return growApart(tasks);
    }
    if (round === 0) kernel.command(orders.gradients);
    const isLast = round === parameters.num_round - 1;
    return tasks.map((task, place) =>
      growTogether(task, place < tasks.length - 1 || isLast ? orders.addTogether : orders.addThenGradients),
    );
  };
};
