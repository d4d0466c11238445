/** A tree as flat arrays, one entry a node; node 0 is the root. */
export interface Tree {
  /** -1 for a leaf */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly feature: Int32Array;
  /** a split: x < condition goes left; a leaf: what it adds */
  readonly condition: Float32Array;
  readonly defaultLeft: Uint8Array;
  /** of splits: by how much they lower the loss */
  readonly gain: Float32Array;
  /** sum of hessians */
  readonly cover: Float32Array;
  /** of all nodes: the weight that a leaf would have there, before the learning rate */
  readonly weight: Float32Array;
  /** of splits by category, the categories that go right, by node; such trees come from elsewhere */
  readonly categories?: ReadonlyMap<number, Uint32Array>;
}

/** How scores become predictions. */
export interface Objective {
  /** as XGBoost calls it */
  readonly name: string;
  /** its own parameters, as XGBoost writes them: by group, `{"reg_loss_param": {"scale_pos_weight": "1"}}` */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Boosted trees or a forest; plain data. */
export interface Booster {
  readonly objective: Objective;
  /** columns of the rows that it predicts */
  readonly features: number;
  /** by column, or empty */
  readonly featureNames: readonly string[];
  /** by column, or empty: `q`, `int`, `i`, `float`, `c` */
  readonly featureTypes: readonly string[];
  /** scores of a row */
  readonly groups: number;
  /** one a group, in the units of predictions: for `binary:logistic` a probability */
  readonly baseScore: Float32Array;
  readonly trees: readonly Tree[];
  /** a tree: the score that it adds to */
  readonly treeGroups: Int32Array;
  /** a round: the first tree of it, and behind the last round the number of trees */
  readonly rounds: Int32Array;
  readonly parallelTrees: number;
  /** free texts, as `best_iteration` */
  readonly attributes: Readonly<Record<string, string>>;
}
