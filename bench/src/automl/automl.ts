import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Benchmark, Settings } from '../benchmark.ts';
import { BenchmarkFailure } from '../failure.ts';
import { machineLine } from '../machine.ts';
import { type PythonEnvironment, pythonEnvironment } from '../peers/python-environment.ts';
import { columns } from '../report/columns.ts';
import { decimals } from '../report/figures.ts';
import { median, ratiosByRound } from '../statistics/statistics.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { predictWithBellwether, type Searched, searchWithBellwether } from './bellwether.ts';
import type { Found } from './contestant.ts';
import { diamonds } from './diamonds.ts';
import { errorOf, requirements, searchWithOptuna, writeHeldOut } from './optuna.ts';

const target = 'price';
const algorithms = 'linear,xgboost';
const trials = 20;

async function run({ rounds }: Settings, print: (line: string) => void): Promise<void> {
  const environment = await pythonEnvironment(requirements, print);
  const table = await diamonds(environment);
  print(`Machine: ${machineLine([`Python ${environment.version}`])}`);
  print(`bellwether train diamonds.csv --target ${target} --algorithms ${algorithms} --trials ${trials}, beside`);
  print(`Optuna over xgboost, ${trials} trials of 3 folds, on the rows that ours trained on and was tested on.`);
  const ours: Found[] = [];
  const theirs: Found[] = [];
  using folder = temporaryFolder();
  for (let round = 0; round < rounds; round++) {
    const place = join(folder.path, String(round));
    await mkdir(place);
    const found = await searchWithBellwether(table, { target, algorithms, trials }, place);
    await checkPredictions(environment, found, place);
    ours.push(found);
    theirs.push(await searchWithOptuna(environment, { ...found, target }, trials));
  }
  print(`\n${tableOf({ Bellwether: ours, 'Optuna + xgboost': theirs })}\n`);
  const ratio = (of: (found: Found) => number) => decimals(median(ratiosByRound(ours.map(of), theirs.map(of))));
  const maes = ratio(({ mae }) => mae);
  print(`automl: ${maes}× Optuna’s MAE (target ≤ 1), ${ratio(({ seconds }) => seconds)}× its time (target ≤ 1)`);
}

/** The leaderboard's figure must be what somebody else finds in the champion's predictions. */
async function checkPredictions(environment: PythonEnvironment, found: Searched, folder: string): Promise<void> {
  const [rows, predicted] = [join(folder, 'held-out.csv'), join(folder, 'predicted.csv')];
  await writeHeldOut(environment, { ...found, target }, rows);
  await predictWithBellwether(rows, predicted, folder);
  const mae = await errorOf(environment, { ...found, target }, predicted);
  if (Math.abs(mae - found.mae) <= 1e-6 * found.mae) return;
  throw new BenchmarkFailure('wrong-score', `the leaderboard says MAE ${found.mae}, the predictions have ${mae}`);
}

function tableOf(found: Readonly<Record<string, readonly Found[]>>): string {
  const rows = Object.entries(found).map(([name, all]) => {
    const middle = (of: (one: Found) => number) => median(all.map(of));
    return [
      name,
      middle(({ mae }) => mae).toFixed(1),
      middle(({ rmse }) => rmse).toFixed(1),
      middle(({ seconds }) => seconds).toFixed(0),
      all[0]?.best ?? '',
    ];
  });
  return columns([['', 'test MAE', 'test RMSE', 'seconds', 'best model'], ...rows]);
}

/** Ours and Optuna's search on one table: how good the model is, and how long it took. */
export const automl: Benchmark = {
  name: 'automl',
  summary: 'a search for the best model of a table, beside Optuna over xgboost: error on held-out rows, and time',
  defaults: { rounds: 1, seconds: 1, connections: 1 },
  run,
};
