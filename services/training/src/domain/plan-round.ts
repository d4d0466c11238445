import type { Algorithm, MetricName } from '@bellwether/contracts';
import { learnerOf, metricSpecs, parseHyperparameters, proposeTrials } from '@bellwether/learning';
import type { PlannedCandidate } from './plan-candidates.ts';
import type { TrainingPlan } from './plan-training.ts';
import { pruneAbove } from './prune-above.ts';

export interface PlannedTrial {
  readonly kind: 'candidate' | 'champion';
  /** place of its candidate in the plan */
  readonly candidate?: number;
  readonly algorithm: Algorithm;
  readonly hyperparameters: Readonly<Record<string, unknown>>;
  readonly logTarget: boolean;
  readonly seed: number;
  /** loss on the first fold above which it is stopped */
  readonly pruneAbove?: number;
  /** the version to evaluate again */
  readonly version?: number;
}

/** A trial of an earlier round, as the next one sees it. */
export interface EndedTrial {
  readonly candidate: number | null;
  readonly hyperparameters: Readonly<Record<string, unknown>>;
  readonly logTarget: boolean;
  readonly pruned: boolean;
  /** value of the job's metric; absent when it failed */
  readonly score?: number;
  /** values of the job's metric on the folds */
  readonly foldScores: readonly number[];
}

/** Trials of a candidate in one round: fewer would learn more from each other, more spread over more workers. */
export const roundTrials = 4;

/**
 * The next round of a job's trials: for each candidate some that have learned from all of its earlier rounds. None are
 * left when all candidates have had their trials, or their spaces hold no other settings.
 *
 * It depends on the plan and on how the earlier trials ended, and on nothing else: not on who ran them, nor when.
 *
 * @param ended all trials of the earlier rounds, in the order of their plan
 */
export function planRound(plan: TrainingPlan, ended: readonly EndedTrial[]): PlannedTrial[] {
  return plan.candidates.flatMap((candidate, index) => {
    const own = ended.filter((trial) => trial.candidate === index);
    return nextTrials(candidate, own, plan).map(
      ({ hyperparameters, logTarget, ...rest }): PlannedTrial => ({
        kind: 'candidate',
        candidate: index,
        algorithm: candidate.algorithm,
        seed: candidate.seed,
        hyperparameters: { ...candidate.hyperparameters, ...hyperparameters },
        logTarget,
        ...rest,
      }),
    );
  });
}

type Attempt = Pick<PlannedTrial, 'hyperparameters' | 'logTarget' | 'pruneAbove'>;

function nextTrials(candidate: PlannedCandidate, own: readonly EndedTrial[], plan: TrainingPlan): Attempt[] {
  const left = candidate.trials - own.length;
  // What the table does not allow is not allowed with other settings either.
  const hopeless = own.length > 0 && own.every(({ score, pruned }) => score === undefined && !pruned);
  if (left <= 0 || hopeless) return [];
  // The defaults first: whoever asks for one trial gets them, and they are seldom bad.
  const defaults = own.length > 0 ? [] : firstTrials(candidate);
  // Settings are not drawn before it is known which target they are for.
  if (defaults.length > 1) return defaults;
  return [...defaults, ...searched(candidate, own, Math.min(roundTrials, left) - defaults.length, plan)];
}

function firstTrials({ logTarget }: PlannedCandidate): Attempt[] {
  const choices = logTarget === 'compared' ? [false, true] : [logTarget];
  return choices.map((choice) => ({ hyperparameters: {}, logTarget: choice }));
}

function searched(
  candidate: PlannedCandidate,
  own: readonly EndedTrial[],
  count: number,
  { metric, task }: TrainingPlan,
): Attempt[] {
  if (candidate.space === undefined || count <= 0) return [];
  const logTarget = candidate.logTarget === 'compared' ? logIsBetter(own, metric) : candidate.logTarget;
  const comparable = own.filter((trial) => trial.logTarget === logTarget);
  const learner = learnerOf(candidate.algorithm);
  const history = comparable.map(({ hyperparameters, score }) => {
    // With the defaults filled in, so that the first trial says something about them.
    const parsed = parseHyperparameters(learner, hyperparameters, task);
    const loss = score === undefined ? {} : { loss: lossOf(metric, score) };
    return { hyperparameters: parsed.ok ? parsed.value : hyperparameters, ...loss };
  });
  const threshold = pruneAbove(
    comparable.flatMap(({ pruned, foldScores: [first] }) =>
      pruned || first === undefined ? [] : [lossOf(metric, first)],
    ),
  );
  return proposeTrials(candidate.space, history, count, candidate.seed).map((hyperparameters) => ({
    hyperparameters,
    logTarget,
    ...(threshold === undefined ? {} : { pruneAbove: threshold }),
  }));
}

/** Which of the first two trials, equal but for the target's logarithm, was better. */
function logIsBetter(own: readonly EndedTrial[], metric: MetricName): boolean {
  const lossWith = (logTarget: boolean) => {
    const score = own.find((trial) => trial.logTarget === logTarget)?.score;
    return score === undefined ? Number.POSITIVE_INFINITY : lossOf(metric, score);
  };
  return lossWith(true) < lossWith(false);
}

/** A score turned so that lower is better. */
export function lossOf(metric: MetricName, score: number): number {
  return metricSpecs[metric].greaterIsBetter ? -score : score;
}
