import { fileURLToPath } from 'node:url';
import type { Benchmark, Settings } from '../benchmark.ts';
import { BenchmarkFailure } from '../failure.ts';
import { startLoadGenerator } from '../load/load-generator.ts';
import { machineLine } from '../machine.ts';
import { cpuSeconds } from '../peers/cpu-seconds.ts';
import { pythonEnvironment } from '../peers/python-environment.ts';
import { columns } from '../report/columns.ts';
import { count, decimals } from '../report/figures.ts';
import { median } from '../statistics/statistics.ts';
import { takeTurns } from '../take-turns.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { differenceOf, expectedAnswers, type PredictedItem } from './item-answers.ts';
import { requirements, startBellwether, startFastApi } from './start-servers.ts';
import type { SteadyLoad, SteadyResult } from './steady-load.ts';
import { weeklyOrders } from './weekly-orders.ts';

const [itemCount, weeks] = [200, 40];
const wantedRate = 2_000;
const targetMs = 5;
/** Of what it can do at most: beyond, queues grow and latencies say how long the round was. */
const sustainable = 0.7;
const capacitySeconds = 2;
/** Two forests of other seeds and bins, relative to the mean prediction. */
const mostDifference = 0.1;

interface Contestant {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  readonly expected: SteadyLoad['expected'];
  /** requests a second that it is asked for */
  readonly rate: number;
  readonly capacity: number;
}

interface Round extends SteadyResult {
  /** microseconds of CPU an answer, all threads of the server; undefined where the system does not say */
  readonly cpuEach: number | undefined;
}

async function run(settings: Settings, print: (line: string) => void): Promise<void> {
  const environment = await pythonEnvironment(requirements, print);
  print(`Machine: ${machineLine([`Python ${environment.version}`])}`);
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(temporaryFolder()).path;
  const orders = weeklyOrders(itemCount, weeks);
  const ours = stack.use(await startBellwether(folder, orders));
  const theirs = stack.use(await startFastApi(environment, folder, orders));
  const [our, their] = [await expectedAnswers(ours.url, orders.items), await expectedAnswers(theirs.url, orders.items)];
  printAgreement(our, their, print);

  const { rounds, seconds, connections } = settings;
  const program = fileURLToPath(new URL('./steady-load-process.ts', import.meta.url));
  const generator = stack.use(startLoadGenerator<SteadyLoad, SteadyResult>(program));
  const enter = async (name: string, { url, pid }: typeof ours, answers: readonly PredictedItem[]) => {
    const expected = answers.map(({ path, body }) => [path, body] as const);
    // The first one warms up.
    await generator.generate({ url, expected, connections, seconds: capacitySeconds });
    const { rate: capacity } = checked(
      name,
      await generator.generate({ url, expected, connections, seconds: capacitySeconds }),
    );
    return { name, url, pid, expected, capacity, rate: Math.floor(Math.min(wantedRate, sustainable * capacity)) };
  };
  const bellwether = await enter('Bellwether', ours, our);
  const fastApi = await enter('FastAPI + scikit-learn', theirs, their);
  print(
    `${rounds} rounds of ${seconds} s each, ${connections} connections; each at ${count(wantedRate)} requests/s, or at ${100 * sustainable} % of what it can do.`,
  );
  const turn = async ({ name, url, pid, expected, rate }: Contestant): Promise<Round> => {
    const before = cpuSeconds(pid);
    const result = checked(name, await generator.generate({ url, expected, rate, connections, seconds }));
    const after = cpuSeconds(pid);
    const cpuEach = before === undefined || after === undefined ? undefined : (1e6 * (after - before)) / result.answers;
    return { ...result, cpuEach };
  };
  const results = await takeTurns([bellwether, fastApi], rounds, turn);
  print(`\n${tableOf(results)}\n`);
  print('Ours keeps the prediction of an item until its features or the champion change; the peer computes each one.');
  print('Ours has each answer in its request log before it leaves; the peer keeps no log.');
  const p99 = median((results.get(bellwether) ?? []).map((round) => round.p99));
  const rate = `${count(bellwether.rate)} requests/s`;
  print(`serving-items: p99 ${decimals(p99)} ms at ${rate} (target < ${targetMs} ms at ${count(wantedRate)})`);
}

function printAgreement(our: readonly PredictedItem[], their: readonly PredictedItem[], print: (line: string) => void) {
  const difference = differenceOf(our, their);
  if (!(difference <= mostDifference)) {
    throw new BenchmarkFailure('wrong-answer', `the forests differ by ${difference} of the mean prediction`);
  }
  print(
    `Forests of 100 trees on ${itemCount} items × ${weeks} weeks: predictions differ by ${decimals(100 * difference)} % of their mean.`,
  );
}

/** @throws BenchmarkFailure `wrong-answer` on any answer that is not the expected one, and on none */
function checked(name: string, result: SteadyResult): SteadyResult {
  if (result.faults === 0 && result.answers > 0) return result;
  throw new BenchmarkFailure('wrong-answer', `${name}: ${result.faults} faults beside ${result.answers} answers`);
}

const head = ['', 'at most/s', 'asked/s', 'answered/s', 'p50 ms', 'p99 ms', 'µs CPU each', 'load generator busy'];

function tableOf(results: ReadonlyMap<Contestant, readonly Round[]>): string {
  const lines = Array.from(results, ([{ name, capacity, rate }, rounds]) => {
    const of = (value: (round: Round) => number) => median(rounds.map(value));
    const cpu = of(({ cpuEach }) => cpuEach ?? Number.NaN);
    return [
      name,
      count(capacity),
      count(rate),
      count(of((round) => round.rate)),
      decimals(of(({ p50 }) => p50)),
      decimals(of(({ p99 }) => p99)),
      Number.isNaN(cpu) ? '?' : count(cpu),
      `${Math.round(100 * of(({ busy }) => busy))} %`,
    ];
  });
  return columns([head, ...lines]);
}

export const servingItems: Benchmark = {
  name: 'serving-items',
  summary: 'GET /predict/{item} at 2,000 requests/s, beside FastAPI + scikit-learn with its features in memory',
  defaults: { rounds: 3, seconds: 5, connections: 16 },
  run,
};
