// biome-ignore-all lint/style/noNonNullAssertion: trees are checked when they are read
import { type Booster, createPredictor } from '@bellwether/boosting';
import type { Graph } from './graph.ts';
import { refuseOnnx } from './refusal.ts';

/** Nodes of all trees together: each takes some 40 bytes of the file, and ten times that while it is written. */
const mostNodes = 2_000_000;

/** What a row scores before its first leaf. */
function baseScores(booster: Booster): Float32Array {
  const none = { ...booster, trees: [], treeGroups: new Int32Array(0), rounds: Int32Array.of(0) };
  const scores = new Float32Array(booster.groups);
  createPredictor(none).score(new Float64Array(booster.features), 0, scores, 0);
  return scores;
}

/** The flat lists of a TreeEnsembleRegressor, one entry a node, and one a leaf for what it adds to which score. */
function ensembleOf({ trees, treeGroups }: Booster) {
  const counts = trees.map(({ left }) => left.length);
  const nodes = counts.reduce((sum, count) => sum + count, 0);
  if (nodes > mostNodes) throw refuseOnnx(`its trees have ${nodes} nodes, ${mostNodes} at most`);
  const leaves = trees.reduce((sum, { left }) => sum + left.reduce((own, child) => own + (child < 0 ? 1 : 0), 0), 0);
  const lists = {
    nodes_treeids: new Int32Array(nodes),
    nodes_nodeids: new Int32Array(nodes),
    nodes_featureids: new Int32Array(nodes),
    nodes_values: new Float32Array(nodes),
    nodes_modes: new Array<string>(nodes),
    nodes_truenodeids: new Int32Array(nodes),
    nodes_falsenodeids: new Int32Array(nodes),
    nodes_missing_value_tracks_true: new Int32Array(nodes),
    target_treeids: new Int32Array(leaves),
    target_nodeids: new Int32Array(leaves),
    target_ids: new Int32Array(leaves),
    target_weights: new Float32Array(leaves),
  };
  let at = 0;
  let leaf = 0;
  for (const [id, tree] of trees.entries()) {
    for (let node = 0; node < tree.left.length; node++, at++) {
      const isLeaf = tree.left[node]! < 0;
      lists.nodes_treeids[at] = id;
      lists.nodes_nodeids[at] = node;
      lists.nodes_modes[at] = isLeaf ? 'LEAF' : 'BRANCH_LT';
      if (isLeaf) {
        lists.target_treeids[leaf] = id;
        lists.target_nodeids[leaf] = node;
        lists.target_ids[leaf] = treeGroups[id]!;
        lists.target_weights[leaf] = tree.condition[node]!;
        leaf++;
        continue;
      }
      lists.nodes_featureids[at] = tree.feature[node]!;
      lists.nodes_values[at] = tree.condition[node]!;
      lists.nodes_truenodeids[at] = tree.left[node]!;
      lists.nodes_falsenodeids[at] = tree.right[node]!;
      lists.nodes_missing_value_tracks_true[at] = tree.defaultLeft[node]!;
    }
  }
  return lists;
}

/**
 * Scores of boosted trees or of a forest: base score and leaves added up, one column a group.
 *
 * @throws Problem `onnx-unsupported` for splits by category, of which models trained here have none, and for forests
 *   of more than two million nodes
 */
export function treeScores(graph: Graph, booster: Booster, features: string): string {
  if (booster.trees.some(({ categories }) => categories !== undefined && categories.size > 0)) {
    throw refuseOnnx('it has splits by category');
  }
  const scores = graph.mlOp('TreeEnsembleRegressor', [features], {
    n_targets: booster.groups,
    aggregate_function: 'SUM',
    post_transform: 'NONE',
    base_values: baseScores(booster),
    ...ensembleOf(booster),
  });
  return graph.op('Cast', [scores], { to: 11 });
}
