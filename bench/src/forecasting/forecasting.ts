import { fileURLToPath } from 'node:url';
import type { Benchmark, Settings } from '../benchmark.ts';
import { machineLine } from '../machine.ts';
import { pythonEnvironment } from '../peers/python-environment.ts';
import { columns } from '../report/columns.ts';
import { takeTurns } from '../take-turns.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { collectSeries } from './collect-series.ts';
import type { Collection } from './collection.ts';
import { bellwether, type Contestant, forecastCollections, peersIn, type Result } from './contestants.ts';

const requirements = fileURLToPath(new URL('./requirements.txt', import.meta.url));

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Means of a contestant's results. */
const meanResult = (results: readonly Result[]): Result => ({
  mase: mean(results.map(({ mase }) => mase)),
  wql: mean(results.map(({ wql }) => wql)),
  coverage: mean(results.map(({ coverage }) => coverage)),
  seconds: mean(results.map(({ seconds }) => seconds)),
});

const cells = ({ mase, wql, coverage, seconds }: Result): string[] => [
  mase.toFixed(3),
  wql.toFixed(3),
  coverage.toFixed(2),
  seconds.toFixed(3),
];

const head = ['MASE', 'wQL', '80 % holds', 's each series'];

/** Results by contestant and collection, means of the rounds. */
type Results = ReadonlyMap<Contestant, ReadonlyMap<Collection, Result>>;

const means = (all: Results, collections: readonly Collection[]) =>
  [...all].map(([{ name }, results]) => ({
    name,
    ...meanResult(collections.flatMap((collection) => results.get(collection) ?? [])),
  }));

const groups = {
  first: 'by which models were chosen first',
  further: 'by which they were put right later',
  'held out': 'by which nothing was chosen',
} as const;

/** Means over a group's collections. */
const groupReport = (all: Results, title: string, collections: readonly Collection[]): string[] =>
  collections.length === 0
    ? []
    : [
        `\nMean of ${collections.length} collections ${title}`,
        columns([['', ...head], ...means(all, collections).map(({ name, ...result }) => [name, ...cells(result)])]),
      ];

/** Means over all collections, and what was to be reached. */
const report = (all: Results, collections: readonly Collection[]): string[] => {
  const [ours, ...peers] = means(all, collections);
  if (ours === undefined) return [];
  const least = (of: (one: Result) => number) => peers.reduce((best, peer) => (of(peer) < of(best) ? peer : best));
  const byMase = least(({ mase }) => mase);
  const byLoss = least(({ wql }) => wql);
  const ets = peers.find(({ name }) => name === 'AutoETS');
  return [
    ...Object.entries(groups).flatMap(([group, title]) =>
      groupReport(
        all,
        title,
        collections.filter((one) => one.group === group),
      ),
    ),
    ...groupReport(all, 'in all', collections),
    '',
    `forecasting: MASE ${ours.mase.toFixed(3)} (target: below ${byMase.mase.toFixed(3)} of ${byMase.name}, the best peer)`,
    `forecasting: wQL ${ours.wql.toFixed(4)} (target: below ${byLoss.wql.toFixed(4)} of ${byLoss.name}, the best peer)`,
    `forecasting: coverage ${ours.coverage.toFixed(2)} of the 80 % interval (target 0.75–0.85)`,
    `forecasting: ${(ours.seconds / (ets?.seconds ?? Number.NaN)).toFixed(2)}× the time of AutoETS (target < 1)`,
  ];
};

async function run({ rounds }: Settings, print: (line: string) => void): Promise<void> {
  const { python, version } = await pythonEnvironment(requirements, print);
  print(`Machine: ${machineLine([`Python ${version}`])}`);
  print(`Each collection is forecast from before its last ${rounds} horizons in turn; one thread each.`);
  using folder = temporaryFolder();
  const collections: readonly Collection[] = await collectSeries({ python, version }, folder.path);
  const contestants = [bellwether, ...peersIn(python)];
  const turns = await takeTurns(contestants, rounds, async (contestant, holdOut) => {
    const found = await forecastCollections(contestant, collections, folder.path, holdOut);
    print(`${contestant.name}: hold-out ${holdOut + 1} of ${rounds}`);
    return found;
  });
  const all: Results = new Map(
    [...turns].map(([contestant, found]) => [
      contestant,
      new Map(
        collections.map((collection, i) => [collection, meanResult(found.flatMap((results) => results[i] ?? []))]),
      ),
    ]),
  );
  for (const collection of collections) {
    print(`\n${collection.name} (${collection.group}), ${collection.horizon} periods ahead`);
    print(columns([['', ...head], ...means(all, [collection]).map(({ name, ...result }) => [name, ...cells(result)])]));
  }
  for (const line of report(all, collections)) print(line);
  print(`\nAt the end: ${machineLine()}`);
}

export const forecasting: Benchmark = {
  name: 'forecasting',
  summary: 'forecasts of real series, beside statsforecast and mlforecast: error, quantiles, coverage, time',
  defaults: { rounds: 3, seconds: 0, connections: 0 },
  run,
};
