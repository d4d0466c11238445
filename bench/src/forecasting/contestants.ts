import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BenchmarkFailure } from '../failure.ts';
import { type Collection, readTable } from './collection.ts';
import { readForecasts, type Scores, scoresOf } from './scores.ts';

const run = promisify(execFile);
const child = (name: string) => fileURLToPath(new URL(`./children/${name}`, import.meta.url));

/** Who forecasts a collection from everything before a hold-out. */
export interface Contestant {
  readonly name: string;
  /** interpreter and arguments of the process that writes the forecasts and prints the seconds */
  readonly command: (collection: Collection, file: string, holdOut: number, out: string) => readonly string[];
}

export const bellwether: Contestant = {
  name: 'Bellwether',
  command: (collection, file, holdOut, out) => [
    process.execPath,
    child('bellwether.ts'),
    JSON.stringify(collection),
    file,
    String(holdOut),
    out,
  ],
};

/** All with one job, as ours has one thread. */
export const peersIn = (python: string): readonly Contestant[] =>
  ['SeasonalNaive', 'AutoETS', 'AutoTheta', 'AutoCES', 'MSTL', 'mlforecast'].map((name) => ({
    name,
    command: (collection, file, holdOut, out) => [
      python,
      child('peer.py'),
      name,
      JSON.stringify(collection),
      file,
      String(holdOut),
      '1',
      out,
    ],
  }));

export interface Result extends Scores {
  /** of fitting and forecasting, with backtests, each series */
  readonly seconds: number;
}

/**
 * @param folder of the collections' files
 * @throws BenchmarkFailure `forecast-failed`
 */
export const forecastCollection = async (
  { name, command }: Contestant,
  collection: Collection,
  folder: string,
  holdOut: number,
): Promise<Result> => {
  const out = join(folder, `forecasts-of-${name}.csv`);
  const [program = '', ...args] = command(collection, join(folder, collection.file), holdOut, out);
  try {
    const { stdout } = await run(program, args, { maxBuffer: 2 ** 26 });
    const table = readTable(folder, collection);
    const { season, horizon } = collection;
    const scores = scoresOf(table, readForecasts(readFileSync(out, 'utf8')), {
      season,
      horizon,
      cut: holdOut * horizon,
    });
    const { seconds } = JSON.parse(stdout) as { seconds: number };
    return { ...scores, seconds: seconds / table.size };
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new BenchmarkFailure('forecast-failed', `${name} on ${collection.name}: ${stderr || message}`);
  }
};
