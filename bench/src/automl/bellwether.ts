import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Dataset, Job, ModelVersion } from '@bellwether/contracts';
import { BenchmarkFailure } from '../failure.ts';
import type { Found } from './contestant.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../../packages/cli/src/main.ts', import.meta.url));
const maxBuffer = 64 * 1024 * 1024;

export interface Searched extends Found {
  /** Parquet files of the rows that trained and that were held out */
  readonly train: string;
  readonly test: string;
}

/** `bellwether train`, as a person would type it, in a data folder of its own: with upload, reading and all versions. */
export async function searchWithBellwether(
  table: string,
  { target, algorithms, trials }: { readonly target: string; readonly algorithms: string; readonly trials: number },
  folder: string,
): Promise<Searched> {
  const rows = join(folder, 'rows');
  const args = ['--target', target, '--algorithms', algorithms, '--trials', String(trials), '--model', 'found'];
  const begun = performance.now();
  const out = await bellwether(['train', table, ...args, '--json', '--data-dest', rows], folder);
  const seconds = (performance.now() - begun) / 1000;
  const { versions } = JSON.parse(out) as { dataset: Dataset; job: Job; versions: ModelVersion[] };
  const champion = versions.find((version) => version.champion);
  const { mae, rmse } = champion?.metrics ?? {};
  if (champion === undefined || mae === undefined || rmse === undefined) {
    throw new BenchmarkFailure('no-champion', `there is no champion among ${versions.length} versions`);
  }
  const [dataset = ''] = await readdir(rows);
  const best = `${champion.algorithm}, version ${champion.version} of ${versions.length}`;
  return {
    seconds,
    mae,
    rmse,
    best,
    train: join(rows, dataset, 'train.parquet'),
    test: join(rows, dataset, 'test.parquet'),
  };
}

/** Predicts the rows of a CSV by the champion. */
export async function predictWithBellwether(rows: string, output: string, folder: string): Promise<void> {
  await bellwether(['predict', 'found', '--file', rows, '--output', output], folder);
}

async function bellwether(args: readonly string[], folder: string): Promise<string> {
  const data = ['--data-dir', join(folder, 'data')];
  const { stdout } = await run(process.execPath, [program, ...args, ...data], { maxBuffer });
  return stdout;
}
