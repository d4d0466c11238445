import { fileURLToPath } from 'node:url';
import type { Benchmark, Settings } from '../benchmark.ts';
import { machineLine } from '../machine.ts';
import { pythonEnvironment } from '../peers/python-environment.ts';
import { columns } from '../report/columns.ts';
import { takeTurns } from '../take-turns.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { collectSeries } from './collect-series.ts';
import type { Collection } from './collection.ts';
import { bellwether, type Contestant, forecastCollection, peersIn, type Result } from './contestants.ts';

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

/** Means over collections, and what was to be reached. */
const report = (all: ReadonlyMap<Contestant, readonly Result[]>): string[] => {
  const means = [...all].map(([{ name }, results]) => ({ name, ...meanResult(results) }));
  const [ours, ...peers] = means;
  if (ours === undefined) return [];
  const least = (of: (one: Result) => number) => peers.reduce((best, peer) => (of(peer) < of(best) ? peer : best));
  const byMase = least(({ mase }) => mase);
  const byLoss = least(({ wql }) => wql);
  const ets = peers.find(({ name }) => name === 'AutoETS');
  return [
    `\nMean of ${all.values().next().value?.length ?? 0} collections`,
    columns([['', ...head], ...means.map(({ name, ...result }) => [name, ...cells(result)])]),
    '',
    `forecasting: MASE ${ours.mase.toFixed(3)} (target: below ${byMase.mase.toFixed(3)} of ${byMase.name}, the best peer)`,
    `forecasting: wQL ${ours.wql.toFixed(3)} (target: below ${byLoss.wql.toFixed(3)} of ${byLoss.name}, the best peer)`,
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
  const all = new Map<Contestant, Result[]>(contestants.map((contestant) => [contestant, []]));
  for (const collection of collections) {
    const results = await takeTurns(contestants, rounds, (contestant, holdOut) =>
      forecastCollection(contestant, collection, folder.path, holdOut),
    );
    print(`\n${collection.name}, ${collection.horizon} periods ahead`);
    const rows = [...results].map(([contestant, found]) => ({ contestant, result: meanResult(found) }));
    print(columns([['', ...head], ...rows.map(({ contestant, result }) => [contestant.name, ...cells(result)])]));
    for (const { contestant, result } of rows) all.get(contestant)?.push(result);
  }
  for (const line of report(all)) print(line);
  print(`\nAt the end: ${machineLine()}`);
}

export const forecasting: Benchmark = {
  name: 'forecasting',
  summary: 'forecasts of real series, beside statsforecast and mlforecast: error, quantiles, coverage, time',
  defaults: { rounds: 3, seconds: 0, connections: 0 },
  run,
};
