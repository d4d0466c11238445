import { findCuts } from '../binning/find-cuts.ts';
import { type BinPlan, planBins } from '../binning/plan-bins.ts';
import { writeBins, writeFeatures } from '../binning/write-bins.ts';
import type { Settings } from '../kernel/kernel.ts';
import { growTo, type MemoryPlan, planMemory } from '../kernel/plan-memory.ts';
import type { Team } from '../kernel/team.ts';
import type { Rows } from '../matrix.ts';
import { classSharesCode, objectiveCodes } from './objectives.ts';
import type { Parameters } from './parameters.ts';

export interface Labelled {
  readonly x: Rows;
  /** a target a row: a number, or the index of a class */
  readonly y: ArrayLike<number>;
  readonly weights?: ArrayLike<number>;
}

/** The kernel's memory, filled with what a training needs. */
export interface Workspace {
  readonly plan: MemoryPlan;
  readonly bins: BinPlan;
  readonly memory: WebAssembly.Memory;
  /** rows to learn from, then those to validate on */
  readonly allRows: number;
  readonly groups: number;
  /** whether each thread grows trees of its own */
  readonly apart: boolean;
}

/** Rows of a node that is searched without a histogram, as in `assembly/scratch.ts`. */
const fewRows = 256;

export const groupsOf = ({ objective, num_class, quantile_alpha }: Parameters): number => {
  if (objective === 'reg:quantileerror') return quantile_alpha.length;
  if (objective === 'multi:softprob') return num_class;
  return objective === 'reg:squarederror' ? Math.max(1, num_class) : 1;
};

/** By group, the quantile that a leaf's value is; other objectives take it from gradients. */
export const quantilesOf = ({ objective, quantile_alpha }: Parameters): readonly number[] | undefined => {
  if (objective === 'reg:quantileerror') return quantile_alpha;
  return objective === 'reg:absoluteerror' ? [0.5] : undefined;
};

const codeOf = ({ objective, num_class }: Parameters): number =>
  objective === 'reg:squarederror' && num_class > 0 ? classSharesCode : objectiveCodes[objective];

const samplingCode = ({ sampling_method, subsample }: Parameters): number => {
  if (sampling_method === 'poisson') return 2;
  return subsample < 1 ? 1 : 0;
};

/** How many features a node may look at. */
const columnsPerNodeOf = (parameters: Parameters, features: number): number => {
  const ofTree = Math.max(1, Math.round(features * parameters.colsample_bytree));
  if (parameters.colsample_bynode >= 1) return features;
  return Math.max(1, Math.round(ofTree * parameters.colsample_bynode));
};

/** Poisson's step is limited unless asked otherwise, as XGBoost does. */
const maxDeltaStepOf = ({ objective, max_delta_step }: Parameters): number =>
  objective === 'count:poisson' && max_delta_step === 0 ? 0.7 : max_delta_step;

const learningSettings = (parameters: Parameters, features: number): Settings => ({
  objective: codeOf(parameters),
  // a forest's trees share the step
  learningRate: parameters.eta / parameters.num_parallel_tree,
  maxDepth: parameters.max_depth,
  minChildWeight: parameters.min_child_weight,
  lambda: parameters.lambda,
  alpha: parameters.alpha,
  gamma: parameters.gamma,
  maxDeltaStep: maxDeltaStepOf(parameters),
  scalePositive: parameters.scale_pos_weight,
  tweediePower: parameters.tweedie_variance_power,
  columnsPerNode: columnsPerNodeOf(parameters, features),
  sampling: samplingCode(parameters),
  subsample: parameters.subsample,
  constrained: parameters.monotone_constraints.some((direction) => direction !== 0) ? 1 : 0,
});

const mayRepeat = ({ sampling_method }: Parameters): boolean => sampling_method === 'poisson';

/**
 * Bins the rows into the team's memory, lays everything out there and tells the team.
 *
 * @throws Problem `table-too-large`
 */
export const createWorkspace = (
  training: Labelled,
  validation: Labelled | undefined,
  parameters: Parameters,
  team: Team,
): Workspace => {
  const { x, y, weights } = training;
  const { memory } = team;
  const bins = planBins(findCuts(team, x, parameters.max_bin, validation?.x));
  const features = bins.features.length;
  const learning = learningSettings(parameters, features);
  const apart = parameters.num_parallel_tree > 1 || mayRepeat(parameters);
  // Few features of each node: looking at them alone is less work than a histogram of all.
  const byColumn = apart && 2 * (learning.columnsPerNode as number) < features;
  const searchableRows = byColumn ? Math.max(fewRows, x.rows) : fewRows;
  const groups = groupsOf(parameters);
  const allRows = x.rows + (validation?.x.rows ?? 0);
  const plan = planMemory({
    rows: x.rows,
    validationRows: validation?.x.rows ?? 0,
    columns: x.columns,
    features,
    wideFeatures: bins.wide,
    groups,
    threads: team.size,
    maxDepth: parameters.max_depth,
    apart,
    repeats: mayRepeat(parameters),
    weighted: weights !== undefined,
    searchableRows,
  });
  growTo(memory, plan.bytes);
  const { buffer } = memory;
  const { addresses } = plan;

  new Int8Array(buffer, addresses.directions, features).set(
    bins.features.map(({ column }) => parameters.monotone_constraints[column] ?? 0),
  );
  new Float32Array(buffer, addresses.targets, x.rows).set(y);
  if (weights !== undefined) new Float32Array(buffer, addresses.weights, x.rows).set(weights);
  new Float32Array(buffer, addresses.quantiles, groups).set(quantilesOf(parameters) ?? []);
  writeFeatures(memory, plan, bins);
  team.configure({
    ...addresses,
    ...learning,
    rowCount: x.rows,
    allRows,
    columns: x.columns,
    features,
    wideFeatures: bins.wide,
    groups,
    weights: weights === undefined ? 0 : addresses.weights,
    nodeCapacity: plan.nodeCapacity,
    sharedHistograms: plan.sharedHistograms,
    histogramBytes: plan.histogramBytes,
    ownHistogramBytes: plan.ownHistogramBytes,
    scratchBytes: plan.scratchBytes,
    searchableRows,
  });
  writeBins(team, plan, x, 0, true);
  if (validation !== undefined) writeBins(team, plan, validation.x, x.rows, false);
  return { plan, bins, memory, allRows, groups, apart };
};
