import type { Algorithm, Candidate, TrainingRequest } from '@bellwether/contracts';
import { learnerOf, type SearchFacts, type SearchSpace } from '@bellwether/learning';

/** One algorithm of a job and how it is searched. */
export interface PlannedCandidate {
  readonly algorithm: Algorithm;
  /** as asked; they are not searched */
  readonly hyperparameters: Readonly<Record<string, unknown>>;
  /** how many settings are tried, at most */
  readonly trials: number;
  /** of the search and of every fit: trials then differ by their hyperparameters alone */
  readonly seed: number;
  /** what the trials after the first vary; absent when there is only one */
  readonly space?: SearchSpace;
  /** whether log(1 + target) is learned; `compared`: the first two trials differ in it, and the better one decides */
  readonly logTarget: boolean | 'compared';
}

type Request = Pick<TrainingRequest, 'budget' | 'search' | 'seed' | 'logTarget'>;

/**
 * Trials of a candidate that nobody numbered, when only the time is bounded: beyond so many a search finds little, and
 * each leaves a version.
 */
const unnumbered = 60;

/**
 * How often each candidate is tried: as it says itself, else as the request says for all, else once; with a budget, candidates that say nothing share it
 * evenly, and the others are cut where it does not suffice. A baseline is added where nobody asked for one.
 *
 * @param skewed whether the logarithm of the target is worth a try
 */
export function planCandidates(
  candidates: readonly Candidate[],
  request: Request,
  facts: SearchFacts,
  skewed: boolean,
): PlannedCandidate[] {
  const all: Candidate[] = candidates.some(({ algorithm }) => algorithm === 'baseline')
    ? [...candidates]
    : [...candidates, { algorithm: 'baseline' }];
  const planned = all.map((candidate, index) => planCandidate(candidate, index, request, facts, skewed));
  return deal(planned, request.budget?.trials);
}

function planCandidate(
  { algorithm, hyperparameters = {}, search }: Candidate,
  index: number,
  request: Request,
  facts: SearchFacts,
  skewed: boolean,
): PlannedCandidate {
  const { budget, seed = 0, logTarget } = request;
  const asked = (search ?? request.search)?.trials ?? (budget === undefined ? 1 : (budget.trials ?? unnumbered));
  const space = spaceOf(algorithm, hyperparameters, facts);
  const compares = skewed && logTarget === undefined && asked > 1 && space !== undefined;
  const trials = space === undefined ? 1 : asked;
  return {
    algorithm,
    hyperparameters,
    trials,
    seed: seed + index,
    logTarget: compares ? 'compared' : (logTarget ?? false),
    ...(trials > 1 && space !== undefined ? { space } : {}),
  };
}

/** What a learner's search varies, but for what was given; undefined when nothing is left. */
function spaceOf(algorithm: Algorithm, given: Readonly<Record<string, unknown>>, facts: SearchFacts) {
  const space = Object.entries(learnerOf(algorithm).searchSpace?.(facts) ?? {}).filter(([name]) => !(name in given));
  return space.length === 0 ? undefined : (Object.fromEntries(space) as SearchSpace);
}

/** Deals a budget in turns, the baseline aside: it costs nothing. Every candidate has at least one trial. */
function deal(planned: readonly PlannedCandidate[], budget: number | undefined): PlannedCandidate[] {
  if (budget === undefined) return [...planned];
  const dealt = planned.map(() => 1);
  const takes = (index: number) => (dealt[index] as number) < (planned[index] as PlannedCandidate).trials;
  let left = budget - planned.filter(({ algorithm }) => algorithm !== 'baseline').length;
  while (left > 0 && planned.some((_, index) => takes(index))) {
    for (let index = 0; index < planned.length && left > 0; index++) {
      if (!takes(index)) continue;
      dealt[index] = (dealt[index] as number) + 1;
      left--;
    }
  }
  return planned.map((candidate, index) => ({ ...candidate, trials: dealt[index] as number }));
}
