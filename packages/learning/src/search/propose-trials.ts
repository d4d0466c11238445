import { proposeSettings } from './propose-settings.ts';
import { randomStream } from './random-stream.ts';
import { type Settings, sampleSpace } from './sample-space.ts';
import type { SearchSpace } from './search-space.ts';

/** A trial that has ended. */
export interface SearchTrial {
  /** at least the searched ones; others have no influence */
  readonly hyperparameters: Readonly<Record<string, unknown>>;
  /** lower is better; absent for a trial that failed, which counts as the worst */
  readonly loss?: number;
}

/** Trials that are drawn at random before the estimator has something to learn from. */
export const randomTrials = 6;

/** Share of the trials that count as good (the paper's gamma): of 0.1 to 0.3 the best on the tests' functions at 20 trials. */
const goodShare = 0.3;

/** How often a setting that was tried before is drawn anew; a space of few settings may have no other. */
const redraws = 32;

const byMerit = (a: SearchTrial, b: SearchTrial): number =>
  (a.loss ?? Number.POSITIVE_INFINITY) < (b.loss ?? Number.POSITIVE_INFINITY) ? -1 : a.loss === b.loss ? 0 : 1;

const keyOf = (space: SearchSpace, settings: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(Object.keys(space).map((name) => settings[name]));

const finite = ({ hyperparameters, loss }: SearchTrial): SearchTrial =>
  loss !== undefined && Number.isFinite(loss) ? { hyperparameters, loss } : { hyperparameters };

/**
 * What to try next: at random first, then by the tree-structured Parzen estimator. The trials of one round do not know
 * each other's results, only that they are under way: each counts as a bad one for those after it, which keeps them
 * apart.
 *
 * The same space, history and seed give the same proposals; the order of the history has no influence, its length has.
 *
 * @param history all trials of earlier rounds that have ended
 * @param count how many to propose; fewer come back when the space has no other settings left
 * @param seed whole number
 */
export const proposeTrials = (
  space: SearchSpace,
  history: readonly SearchTrial[],
  count: number,
  seed: number,
): Settings[] => {
  const keyed = history.map((trial) => ({ trial: finite(trial), key: keyOf(space, trial.hyperparameters) }));
  // The second key makes sums and ties independent of the order in which the trials came.
  const ranked = keyed.toSorted((a, b) => byMerit(a.trial, b.trial) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const trials = ranked.map(({ trial }) => trial.hyperparameters as Settings);
  const goods = Math.min(Math.max(1, Math.ceil(trials.length * goodShare)), 25);
  const good = trials.slice(0, goods);
  const bad = trials.slice(goods);
  const known = new Set(keyed.map(({ key }) => key));
  const proposed: Settings[] = [];
  for (let index = 0; index < count; index++) {
    const random = randomStream(seed, history.length + index);
    const draw = () =>
      history.length + index < randomTrials
        ? sampleSpace(space, random)
        : proposeSettings(space, good, [...bad, ...proposed], random);
    let settings = draw();
    // The estimator may insist on what it knows to be good; only what is drawn evenly finds all that is left.
    for (let i = 0; i < redraws && known.has(keyOf(space, settings)); i++) settings = sampleSpace(space, random);
    const key = keyOf(space, settings);
    if (known.has(key)) break;
    known.add(key);
    proposed.push(settings);
  }
  return proposed;
};
