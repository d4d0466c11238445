import { allocatePage } from '../kernel/plan-memory.ts';
import { startTeam } from '../kernel/team.ts';
import type { Booster } from '../model/booster.ts';
import { scoreOfBase } from '../model/links.ts';
import { baseScores } from './base-score.ts';
import { checkTraining } from './check-training.ts';
import { createStopper } from './early-stopping.ts';
import { createRoundGrower, type GrownTree } from './grow-round.ts';
import { objectiveOf } from './objective-parameters.ts';
import { Parameters } from './parameters.ts';
import { threadsFor } from './threads-for.ts';
import type { TrainOptions } from './train-options.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

const startScores = (workspace: Workspace, base: readonly number[], objective: string): void => {
  const { memory, plan, allRows, groups } = workspace;
  for (let group = 0; group < groups; group++) {
    const scores = new Float32Array(memory.buffer, plan.addresses.scores + 4 * group * allRows, allRows);
    scores.fill(scoreOfBase(objective, Math.fround(base[group] as number)));
  }
};

/**
 * Gradient boosted trees, or a forest when `num_parallel_tree` is above 1, on histograms of binned values (Chen &
 * Guestrin, 2016). The same options give the same model, bit for bit, at any number of threads. Infinite values
 * count as the largest finite ones.
 *
 * Threads and memory end with the promise, or with the thread that called this.
 *
 * @throws Problem `training-data-refused`, `parameter-refused`, `table-too-large`
 */
export const trainBooster = async (options: TrainOptions): Promise<Booster> => {
  const parameters = Parameters.parse(options.parameters ?? {});
  checkTraining(options, parameters);
  return trainBy(threadsFor(options.x, parameters, options.threads ?? 1), options, parameters);
};

/**
 * The same by that many threads, whether they make it faster or not.
 *
 * @param options checked
 * @param gathers whether to wait until all threads are there
 */
export const trainBy = async (
  threads: number,
  options: TrainOptions,
  parameters: Parameters,
  gathers = false,
): Promise<Booster> => {
  const { x, validation, onProgress = () => {}, featureNames = [] } = options;
  await using team = startTeam(threads, allocatePage());
  const workspace = createWorkspace(options, validation, parameters, team);
  // A tree that is grown to its end by one thread takes longer than the others need to come.
  if (gathers || workspace.apart) await team.gather();
  const base = baseScores(parameters, workspace.groups, options, team.kernel.targetQuantile);
  startScores(workspace, base, parameters.objective);
  const stopper = createStopper(workspace, validation, parameters);
  const keepScores = parameters.num_round > 1 || validation !== undefined;
  const growRound = createRoundGrower(workspace, team, parameters, keepScores);
  const grown: GrownTree[] = [];
  const rounds = [0];
  for (let round = 0; round < parameters.num_round; round++) {
    grown.push(...growRound(round));
    rounds.push(grown.length);
    onProgress((round + 1) / parameters.num_round);
    if (stopper.isOver(round)) break;
  }
  return {
    objective: objectiveOf(parameters),
    features: x.columns,
    featureNames,
    featureTypes: [],
    groups: workspace.groups,
    baseScore: Float32Array.from(base),
    trees: grown.map(({ tree }) => tree),
    treeGroups: Int32Array.from(grown, ({ group }) => group),
    rounds: Int32Array.from(rounds),
    parallelTrees: parameters.num_parallel_tree,
    attributes: stopper.attributes(),
  };
};
