import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BenchmarkFailure } from '../failure.ts';
import { type Collection, readTable } from './collection.ts';
import { readForecasts, type Scores, scoresOf } from './scores.ts';

const run = promisify(execFile);
const child = (name: string) => fileURLToPath(new URL(`./children/${name}`, import.meta.url));

/** Who forecasts collections from everything before a hold-out, one after the other in one process. */
export interface Contestant {
  readonly name: string;
  /** interpreter and arguments of the process that reads tasks, writes the forecasts and prints the seconds of each */
  readonly command: (tasksFile: string) => readonly string[];
}

/** What such a process is asked, one of many. */
export interface ForecastTask {
  readonly collection: Collection;
  readonly file: string;
  /** horizons after the one that is forecast */
  readonly holdOut: number;
  /** where forecasts are written */
  readonly out: string;
}

export const bellwether: Contestant = {
  name: 'Bellwether',
  command: (tasksFile) => [process.execPath, child('bellwether.ts'), tasksFile],
};

/** All with one job, as ours has one thread. */
export const peersIn = (python: string): readonly Contestant[] =>
  ['SeasonalNaive', 'AutoETS', 'AutoTheta', 'AutoCES', 'MSTL', 'mlforecast'].map((name) => ({
    name,
    command: (tasksFile) => [python, child('peer.py'), tasksFile, '1', name],
  }));

export interface Result extends Scores {
  /** of fitting and forecasting, with backtests, each series */
  readonly seconds: number;
}

const resultOf = ({ collection, holdOut, out }: ForecastTask, folder: string, seconds: number): Result => {
  const table = readTable(folder, collection);
  const { season, horizon } = collection;
  const forecasts = readForecasts(readFileSync(out, 'utf8'));
  const scores = scoresOf(table, forecasts, { season, horizon, cut: holdOut * horizon });
  return { ...scores, seconds: seconds / table.size };
};

/**
 * @param folder of the collections' files
 * @returns by collection
 * @throws BenchmarkFailure `forecast-failed`
 */
export const forecastCollections = async (
  { name, command }: Contestant,
  collections: readonly Collection[],
  folder: string,
  holdOut: number,
): Promise<readonly Result[]> => {
  const tasks = collections.map((collection): ForecastTask => {
    const file = join(folder, collection.file);
    return { collection, file, holdOut, out: join(folder, `${name}-of-${collection.file}`) };
  });
  const tasksFile = join(folder, `tasks-of-${name}.json`);
  writeFileSync(tasksFile, JSON.stringify(tasks));
  const [program = '', ...args] = command(tasksFile);
  try {
    const { stdout } = await run(program, args, { maxBuffer: 2 ** 26 });
    const lines = stdout.trimEnd().split('\n');
    return tasks.map((task, i) => {
      const { seconds } = JSON.parse(lines[i] ?? '') as { seconds: number };
      return resultOf(task, folder, seconds);
    });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new BenchmarkFailure('forecast-failed', `${name}: ${stderr || message}`);
  }
};
