import type { Column, TrainingRequest } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { type EndedTrial, type PlannedTrial, planRound } from './plan-round.ts';
import { planTraining, type TableFacts, type TrainingPlan } from './plan-training.ts';

/** A target whose 0.95 quantile is as far from the median as `upper` says; the 0.05 quantile is 1 below it. */
function table(upper = 1): TableFacts {
  const column = (name: string): Column => ({ name, kind: 'numeric', nullable: false });
  const schema = [column('a'), column('y')];
  const facts = { nulls: 0, distinct: 900, min: 1, quantiles: [4, 4.5, 5, 5.5, 5 + upper] };
  return { schema, roles: {}, profile: { rows: 1000, columns: schema.map(({ name }) => ({ name, ...facts })) } };
}

function planOf(request: Partial<TrainingRequest>, facts = table()): TrainingPlan {
  const planned = planTraining(request, facts);
  if (!planned.ok) throw new Error(planned.refusal.detail);
  // What a learner's search varies is the learner's to say; here it is one known hyperparameter.
  const candidates = planned.plan.candidates.map((candidate, index) => {
    const asked = request.candidates?.[index];
    const trials = asked?.search?.trials ?? 1;
    const skewed = facts.profile.columns.some(({ quantiles }) => (quantiles?.[4] ?? 0) > 7);
    const compares = skewed && trials > 1 && request.logTarget === undefined;
    const space = asked?.hyperparameters?.alpha === undefined ? { alpha } : undefined;
    return {
      ...candidate,
      trials: space === undefined ? 1 : trials,
      logTarget: compares ? ('compared' as const) : candidate.logTarget,
      ...(trials > 1 && space !== undefined ? { space } : {}),
    };
  });
  return { ...planned.plan, candidates };
}

const alpha = { kind: 'float', low: 1e-3, high: 1e3, log: true } as const;

const linear = (trials: number, hyperparameters = {}) =>
  ({ algorithm: 'linear', hyperparameters, search: { trials } }) as const;

/** How a trial ended: its score, or nothing when it failed. */
type End = (trial: PlannedTrial) => Partial<EndedTrial>;

const ended = (trial: PlannedTrial, end: End): EndedTrial => ({
  candidate: trial.candidate ?? null,
  hyperparameters: trial.hyperparameters,
  logTarget: trial.logTarget,
  pruned: false,
  foldScores: [],
  ...end(trial),
});

/** All rounds of a job whose trials end so. */
function roundsOf(plan: TrainingPlan, end: End): PlannedTrial[][] {
  const rounds: PlannedTrial[][] = [];
  const history: EndedTrial[] = [];
  for (let round = planRound(plan, history); round.length > 0; round = planRound(plan, history)) {
    rounds.push(round);
    history.push(...round.map((trial) => ended(trial, end)));
  }
  return rounds;
}

const alphaOf = ({ hyperparameters }: PlannedTrial) => Number(hyperparameters.alpha ?? 1);
/** Best at an alpha of 10. */
const valley: End = (trial) => ({ score: Math.abs(Math.log10(alphaOf(trial)) - 1) });

test('without a search each candidate has one trial, of what was asked, and then no more', () => {
  const plan = planOf({ candidates: [{ algorithm: 'linear', hyperparameters: { alpha: 3 } }] });

  const [first, ...more] = roundsOf(plan, valley);

  expect(first).toMatchObject([{ algorithm: 'linear', hyperparameters: { alpha: 3 } }, { algorithm: 'baseline' }]);
  expect(more).toEqual([]);
});

test('a search tries its defaults first, then others, in rounds, as often as it was asked to', () => {
  const rounds = roundsOf(planOf({ candidates: [linear(10)] }), valley).map((round) =>
    round.filter(({ algorithm }) => algorithm === 'linear'),
  );

  expect(rounds.map(({ length }) => length)).toEqual([4, 4, 2]);
  expect(rounds[0]?.[0]?.hyperparameters).toEqual({});
  expect(new Set(rounds.flat().map(alphaOf)).size).toBe(10);
});

test('what was given is not searched', () => {
  const plan = planOf({ candidates: [linear(5, { alpha: 3 })] });

  expect(
    roundsOf(plan, valley)
      .flat()
      .filter(({ algorithm }) => algorithm === 'linear')
      .map(alphaOf),
  ).toEqual([3]);
});

test('the rounds are the same whatever the order in which trials ended', () => {
  const plan = planOf({ candidates: [linear(12)], seed: 5 });
  const first = planRound(plan, []);
  const history = first.map((trial) => ended(trial, valley));

  expect(planRound(plan, history.toReversed())).toEqual(planRound(plan, history));
  expect(roundsOf(plan, valley)).toEqual(roundsOf(plan, valley));
  expect(roundsOf(planOf({ candidates: [linear(12)], seed: 6 }), valley)).not.toEqual(roundsOf(plan, valley));
});

test.each([
  ['better', 0.5, true],
  ['worse', 2, false],
])(
  'of a skewed target the first two trials compare the logarithm; where it is %s the others follow',
  (_, factor, log) => {
    const plan = planOf({ candidates: [linear(8)] }, table(4));

    const [first, ...others] = roundsOf(plan, (trial) => ({
      score: (1 + Number(valley(trial).score)) * (trial.logTarget ? factor : 1),
    })).map((round) => round.filter(({ algorithm }) => algorithm === 'linear'));

    expect(first).toMatchObject([
      { hyperparameters: {}, logTarget: false },
      { hyperparameters: {}, logTarget: true },
    ]);
    expect(others.flat()).toHaveLength(6);
    expect(others.flat().every(({ logTarget }) => logTarget === log)).toBe(true);
  },
);

test('the logarithm is not tried where the target is even, where it was asked for, nor without a search', () => {
  const logsOf = (plan: TrainingPlan) =>
    roundsOf(plan, valley)
      .flat()
      .map(({ logTarget }) => logTarget);

  expect(logsOf(planOf({ candidates: [linear(6)] }))).not.toContain(true);
  expect(logsOf(planOf({ candidates: [linear(6)], logTarget: true }, table(4)))).not.toContain(false);
  expect(logsOf(planOf({ candidates: [linear(1)] }, table(4)))).not.toContain(true);
});

test('a candidate that the table does not allow is given up after its first round', () => {
  const plan = planOf({ candidates: [linear(20), { algorithm: 'baseline' }] });

  expect(roundsOf(plan, () => ({}))).toHaveLength(1);
});

test('trials after the first round are stopped where they are hopeless, by what the rounds before them show', () => {
  const [first, second] = roundsOf(planOf({ candidates: [linear(8)] }), (trial) => {
    const { score = 0 } = valley(trial);
    return { score, foldScores: [score, score] };
  }).map((round) => round.filter(({ algorithm }) => algorithm === 'linear'));
  const losses = (first ?? []).map((trial) => Number(valley(trial).score)).toSorted((a, b) => a - b);

  expect(first?.every(({ pruneAbove }) => pruneAbove === undefined)).toBe(true);
  // The best third of four is two trials.
  const expected = 2 * Number(losses[1]) - Number(losses[0]);
  expect(second?.map(({ pruneAbove }) => pruneAbove)).toEqual(Array(4).fill(expect.closeTo(expected)));
});

test('of a metric that is better when greater, the losses are its negatives', () => {
  const facts = table();
  const schema = facts.schema.map((column) => ({ ...column, kind: 'boolean' as const }));
  const plan = planOf({ candidates: [linear(8)], task: 'classification' }, { ...facts, schema });

  const rounds = roundsOf(plan, () => ({ score: 0.9, foldScores: [0.9, 0.9] }));

  expect(plan.metric).toBe('accuracy');
  expect(rounds[1]?.[0]?.pruneAbove).toBeCloseTo(-0.9);
});
