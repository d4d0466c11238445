import type { Benchmark, Settings } from '../benchmark.ts';
import { BenchmarkFailure } from '../failure.ts';
import { startLoadGenerator } from '../load/load-generator.ts';
import { machineLine } from '../machine.ts';
import { pythonEnvironment } from '../peers/python-environment.ts';
import { takeTurns } from '../take-turns.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { loggedPredictions, startBellwether, trainBellwether } from './bellwether.ts';
import { checkAnswers } from './check-answers.ts';
import { checkLog } from './check-log.ts';
import { startExpress } from './express.ts';
import { requirements, splitOf, startFastApi } from './fastapi.ts';
import { turns } from './measure.ts';
import { disturbance, ratioLine, tableOf } from './report.ts';
import { instanceOf, trainingTable } from './table.ts';

const tableRows = 2_000;
const checkedInstances = 25;

async function run(settings: Settings, print: (line: string) => void): Promise<void> {
  const environment = await pythonEnvironment(requirements, print);
  print(`Machine: ${machineLine([`Python ${environment.version}`])}`);

  await using stack = new AsyncDisposableStack();
  const folder = stack.use(temporaryFolder()).path;
  const table = trainingTable(tableRows);
  const { training, holdout } = splitOf(table);

  const ours = stack.use(await startBellwether(folder));
  const champion = await trainBellwether(ours.url, table);
  if (champion.trainedRows !== training.length) {
    throw new BenchmarkFailure('wrong-rows', `trained on ${champion.trainedRows} rows, the peer on ${training.length}`);
  }
  const bellwether = { name: 'Bellwether', ...ours };
  const fastApi = { name: 'FastAPI + scikit-learn', ...stack.use(await startFastApi(environment, table, folder)) };
  const express = { name: 'bare Express echo', ...stack.use(await startExpress()) };

  const instances = Array.from(holdout.subarray(0, checkedInstances), (row) => instanceOf(table.rows[row] ?? []));
  const [instance = []] = instances;
  const difference = await checkAnswers({ bellwether, fastApi, express }, instances);
  print(
    `Ridge regression on ${training.length} rows of ${instance.length} numbers: on ${instances.length} others, ours and scikit-learn’s differ by ${difference.toExponential(1)} at most (relative).`,
  );

  const { rounds, seconds, connections } = settings;
  print(`${rounds} rounds of ${seconds} s each, ${connections} connections, after a warm-up of the same length.`);
  const generator = stack.use(startLoadGenerator());
  const turn = turns(generator, settings, instance);
  const contestants = [bellwether, fastApi, express];
  const warm = await takeTurns(contestants, 1, turn);
  const results = await takeTurns(contestants, rounds, turn);

  const roundsOf = (contestant: (typeof contestants)[number]) => results.get(contestant) ?? [];
  const measured = [...(warm.get(bellwether) ?? []), ...roundsOf(bellwether)];
  // One request before each turn shows what the answers have to be.
  const single = instances.length + measured.length;
  const answered = measured.reduce((sum, { answers }) => sum + answers, single);
  print(`\n${tableOf(results)}\n`);
  print(checkLog(await loggedPredictions(bellwether.url), answered, connections * measured.length));
  print('FastAPI and Express keep no log of requests, which favours them.');
  const disturbed = disturbance(roundsOf(express));
  if (disturbed !== undefined) print(disturbed);
  print('');
  print(ratioLine(roundsOf(bellwether), roundsOf(fastApi), { name: 'FastAPI', target: 8 }));
  print(ratioLine(roundsOf(bellwether), roundsOf(express), { name: 'bare Express', target: 1 }));
}

export const serving: Benchmark = {
  name: 'serving',
  summary: 'predictions a second and their latency, beside FastAPI + scikit-learn and a bare Express echo',
  defaults: { rounds: 5, seconds: 4, connections: 16 },
  run,
};
