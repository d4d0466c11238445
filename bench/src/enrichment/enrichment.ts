import { fileURLToPath } from 'node:url';
import type { Benchmark, Settings } from '../benchmark.ts';
import { machineLine } from '../machine.ts';
import { pythonEnvironment } from '../peers/python-environment.ts';
import { takeTurns } from '../take-turns.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { checkTables } from './check-tables.ts';
import { growth } from './growth.ts';
import { prepare } from './prepare.ts';
import { reportTurns } from './report-turns.ts';
import { type Contestant, takeTurn } from './take-turn.ts';

const requirements = fileURLToPath(new URL('./requirements.txt', import.meta.url));
/** What many still have, as the project's own oracles do: it takes more than twice the time of pandas 3. */
const before = fileURLToPath(new URL('./pandas-2/requirements.txt', import.meta.url));
const million = 1_000_000;
/** What remains with so few rows is the start of the child processes and the series. */
const hardlyAny = 100;

const ours: Contestant = { name: 'Bellwether', file: 'bellwether.ts', interpreter: process.execPath, warm: true };
/** Without a child process that waits: the first work of a service, or one after a long rest. */
const cold: Contestant = { ...ours, name: 'Bellwether, cold', warm: false };

async function run({ rounds }: Settings, print: (line: string) => void): Promise<void> {
  const { python, version } = await pythonEnvironment(requirements, print);
  const older = await pythonEnvironment(before, print);
  const pandas2: Contestant = { name: 'pandas 2.3', file: 'with_pandas.py', interpreter: older.python };
  const pandas: Contestant = { name: 'pandas 3.1', file: 'with_pandas.py', interpreter: python };
  const polars: Contestant = { name: 'polars', file: 'with_polars.py', interpreter: python };
  const describe: Contestant = { name: 'pandas 3.1', file: 'upload_with_pandas.py', interpreter: python };
  const everybody = [ours, cold, pandas, pandas2, polars];
  print(`Machine: ${machineLine([`Python ${version}`])}`);
  using folder = temporaryFolder();

  print(
    '\nCSV of 1,000,000 orders → 10 series as of each order, weeks of each product, 5 lags, 2 rolling means → Parquet',
  );
  const task = prepare(folder.path, million, 'enrich');
  for (const contestant of everybody) await takeTurn(contestant, task(contestant.name));
  await checkTables(
    python,
    everybody.map(({ name }) => task(name).output),
  );
  const turns = await takeTurns(everybody, rounds, (contestant) => takeTurn(contestant, task(contestant.name)));
  const tiny = prepare(folder.path, hardlyAny, 'enrich')(ours.name);
  const starts = await takeTurns([ours], rounds, () => takeTurn(ours, tiny));
  const enriching = { ours, starts: starts.get(ours) ?? [], turns };
  reportTurns(
    'enrichment',
    enriching,
    [
      { peer: pandas, time: 0.5, memory: 0.6 },
      { peer: pandas2, time: 0.5, memory: 0.6 },
      { peer: polars, time: 1.5 },
    ],
    print,
  );

  print('\nThe upload alone: CSV of 1,000,000 orders → types, profile, Parquet');
  const uploading = prepare(folder.path, million, 'upload');
  const uploads = await takeTurns([ours, describe], rounds, (contestant) =>
    takeTurn(contestant, uploading(contestant.name)),
  );
  const tinyUpload = prepare(folder.path, hardlyAny, 'upload')(ours.name);
  const uploadStarts = await takeTurns([ours], rounds, () => takeTurn(ours, tinyUpload));
  reportTurns('upload', { ours, starts: uploadStarts.get(ours) ?? [], turns: uploads }, [{ peer: describe }], print);

  print('\nGrowth with the rows, one run each: seconds / CPU seconds / peak MiB');
  await growth(folder.path, [ours, pandas, polars], print);
  print(`\nAt the end: ${machineLine()}`);
}

export const enrichment: Benchmark = {
  name: 'enrichment',
  summary: 'series, weeks, lags and means of 1M orders, from CSV to Parquet, beside pandas and polars: time, memory',
  defaults: { rounds: 5, seconds: 0, connections: 0 },
  run,
};
