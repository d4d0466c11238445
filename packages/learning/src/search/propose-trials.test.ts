import { expect, test } from '@jest/globals';
import { proposeTrials, type SearchTrial } from './propose-trials.ts';
import { randomStream } from './random-stream.ts';
import { type Settings, sampleSpace } from './sample-space.ts';
import type { SearchSpace } from './search-space.ts';

const unit = { kind: 'float', low: 0, high: 1 } as const;

const mixed = {
  eta: { kind: 'float', low: 1e-4, high: 1, log: true },
  depth: { kind: 'int', low: 2, high: 12 },
  rounds: { kind: 'int', low: 1, high: 1000, log: true },
  booster: { kind: 'choice', values: ['tree', 'linear', 'dart'] },
} as const satisfies SearchSpace;

const hills: readonly (readonly [string, SearchSpace, (settings: Settings) => number])[] = [
  [
    'a bowl',
    { x: { kind: 'float', low: -5, high: 5 }, y: { kind: 'float', low: -5, high: 5 } },
    ({ x, y }) => (Number(x) - 2) ** 2 + (Number(y) + 1) ** 2,
  ],
  [
    'orders of magnitude, whole numbers and a choice',
    mixed,
    ({ eta, depth, rounds, booster }) =>
      (Math.log10(Number(eta)) + 1.3) ** 2 +
      (Number(depth) - 8) ** 2 / 20 +
      (Math.log10(Number(rounds)) - 2) ** 2 +
      (booster === 'linear' ? 0 : 1),
  ],
  [
    'six dimensions of which two matter most',
    Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, unit])),
    (settings) =>
      ['a', 'b', 'c', 'd', 'e', 'f'].reduce(
        (sum, name, index) => sum + (Number(settings[name]) - 0.3 - index / 20) ** 2 * (index < 2 ? 4 : 1),
        0,
      ),
  ],
];

/** All trials of a search in rounds of four. */
function searched(space: SearchSpace, loss: (settings: Settings) => number, budget: number, seed: number) {
  const history: SearchTrial[] = [];
  while (history.length < budget) {
    const round = proposeTrials(space, history, Math.min(4, budget - history.length), seed);
    history.push(...round.map((hyperparameters) => ({ hyperparameters, loss: loss(hyperparameters) })));
  }
  return history;
}

const lowest = (losses: readonly number[]) => Math.min(...losses);

test.each(hills)('on %s it finds lower losses than random draws, over 80 seeds', (_, space, loss) => {
  const budget = 24;
  const wins = Array.from({ length: 80 }, (_, seed) => {
    const ours = lowest(searched(space, loss, budget, seed).map((trial) => trial.loss as number));
    const random = Array.from({ length: budget }, (_, i) => loss(sampleSpace(space, randomStream(seed + 1000, i))));
    return ours < lowest(random) ? 1 : 0;
  }).reduce((sum: number, win) => sum + win, 0);

  // Of 80 fair coins, 54 or more show heads once in a thousand times.
  expect(wins).toBeGreaterThanOrEqual(54);
});

test('the same seed and history give the same trials, in whatever order the history comes', () => {
  const [, space, loss] = hills[1] as (typeof hills)[number];
  const history = searched(space, loss, 12, 7);

  const again = searched(space, loss, 12, 7);
  const next = proposeTrials(space, history, 4, 7);

  expect(again).toEqual(history);
  expect(proposeTrials(space, history.toReversed(), 4, 7)).toEqual(next);
  expect(proposeTrials(space, history, 4, 8)).not.toEqual(next);
});

test('a round is the same whether it is proposed at once or one after the other is read', () => {
  const [first, ...rest] = proposeTrials(mixed, [], 4, 3);

  expect(proposeTrials(mixed, [], 1, 3)).toEqual([first]);
  expect(rest).toHaveLength(3);
});

test('every setting is within its bounds, whole where it is to be, and a choice one of its values', () => {
  const trials = Array.from({ length: 12 }, (_, seed) => searched(mixed, ({ eta }) => -Number(eta), 16, seed)).flat();
  const whole = (value: unknown, low: number, high: number) =>
    Number.isInteger(value) && Number(value) >= low && Number(value) <= high;
  const outside = trials.filter(({ hyperparameters: { eta, depth, rounds, booster } }) => {
    const fits = Number(eta) >= 1e-4 && Number(eta) <= 1 && whole(depth, 2, 12) && whole(rounds, 1, 1000);
    return !fits || !(mixed.booster.values as readonly unknown[]).includes(booster);
  });

  expect(trials).toHaveLength(192);
  expect(outside).toEqual([]);
});

test('on a logarithmic scale each order of magnitude is drawn as often', () => {
  const space = { eta: mixed.eta };
  const drawn = Array.from({ length: 4000 }, (_, i) => Number(sampleSpace(space, randomStream(1, i)).eta));
  const counts = [-4, -3, -2, -1].map((order) => drawn.filter((eta) => Math.floor(Math.log10(eta)) === order).length);

  // Four standard deviations of a binomial of 4,000 and a quarter.
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(110);
});

test('whole numbers are drawn evenly, the first and the last too', () => {
  const space = { depth: { kind: 'int', low: 1, high: 5 } } as const;
  const drawn = Array.from({ length: 5000 }, (_, i) => sampleSpace(space, randomStream(2, i)).depth);

  for (const depth of [1, 2, 3, 4, 5]) {
    expect(Math.abs(drawn.filter((value) => value === depth).length - 1000)).toBeLessThan(115);
  }
});

test('a space of few settings gives each once and then no more', () => {
  const space = {
    kernel: { kind: 'choice', values: ['rbf', 'linear'] },
    on: { kind: 'choice', values: [true, false] },
  };
  const trials = proposeTrials(space as SearchSpace, [], 4, 0);

  const rest = proposeTrials(
    space as SearchSpace,
    trials.map((hyperparameters) => ({ hyperparameters, loss: 1 })),
    4,
    0,
  );

  expect(new Set(trials.map((trial) => JSON.stringify(trial))).size).toBe(trials.length);
  expect(trials.length + rest.length).toBe(4);
});

test('trials that failed count as the worst, and do not spoil what is proposed', () => {
  const space = { x: unit };
  const history = Array.from({ length: 20 }, (_, i) => {
    const x = i / 20;
    return x > 0.5 ? { hyperparameters: { x } } : { hyperparameters: { x }, loss: 1 - x };
  });
  const near = Array.from({ length: 50 }, (_, seed) => Number(proposeTrials(space, history, 1, seed)[0]?.x));

  expect(near.every(Number.isFinite)).toBe(true);
  expect(near.filter((x) => x > 0.3 && x < 0.6).length).toBeGreaterThan(35);
});

test('hyperparameters outside of the space, and values outside of its bounds, are no obstacle', () => {
  const history = Array.from({ length: 8 }, (_, i) => ({
    hyperparameters: { x: i === 0 ? 7 : i / 10, other: 'default', kernel: 'unknown' },
    loss: i,
  }));
  const space = { x: unit, kernel: { kind: 'choice', values: ['a', 'b'] } } as const;

  expect(proposeTrials(space, history, 3, 1)).toHaveLength(3);
});
