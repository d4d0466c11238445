import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { trainBooster, writeModel } from '@bellwether/boosting';
import type { Benchmark, Settings } from '../benchmark.ts';
import { BenchmarkFailure } from '../failure.ts';
import { machineLine } from '../machine.ts';
import { pythonEnvironment } from '../peers/python-environment.ts';
import { columns } from '../report/columns.ts';
import { decimals, spread } from '../report/figures.ts';
import { ratiosByRound, spreadOf } from '../statistics/statistics.ts';
import { takeTurns } from '../take-turns.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { writeTable } from '../training/write-table.ts';
import type { PredictionTask, PredictionTimes } from './prediction-task.ts';

const requirements = fileURLToPath(new URL('../training/requirements.txt', import.meta.url));
const runFile = promisify(execFile);

interface Contestant {
  readonly name: string;
  readonly file: string;
  readonly interpreter: string;
  readonly threads: number;
}

const features = 20;
const rowsToLearn = 80_000;

async function ask({ name, file, interpreter, threads }: Contestant, task: PredictionTask): Promise<PredictionTimes> {
  const path = fileURLToPath(new URL(`children/${file}`, import.meta.url));
  const env = { ...process.env, OMP_NUM_THREADS: String(threads) };
  try {
    const { stdout } = await runFile(interpreter, [path, JSON.stringify({ ...task, threads })], { env });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as PredictionTimes;
  } catch (error) {
    throw new BenchmarkFailure('peer-failed', `${name}: ${(error as Error).message}`);
  }
}

/** 100,000 rows and a model of 100 trees that learned from most of them. */
async function prepare(folder: string): Promise<PredictionTask> {
  const table = writeTable(folder, rowsToLearn, features);
  const { buffer, byteOffset, byteLength } = readFileSync(table.x);
  const values = new Float32Array(buffer, byteOffset, byteLength / 4);
  const y = readFileSync(table.y);
  const booster = await trainBooster({
    x: { values: values.subarray(0, rowsToLearn * features), rows: rowsToLearn, columns: features },
    y: new Float32Array(y.buffer, y.byteOffset, rowsToLearn),
    parameters: { num_round: 100 },
  });
  const model = join(folder, 'model.ubj');
  writeFileSync(model, writeModel(booster));
  return { model, x: table.x, columns: features, singles: 5000, batches: 15 };
}

function checkAgreement(
  contestants: readonly Contestant[],
  answers: ReadonlyMap<Contestant, readonly PredictionTimes[]>,
) {
  const [ours = [], ...others] = contestants.map((contestant) => answers.get(contestant)?.[0]?.predictions ?? []);
  for (const theirs of others) {
    const differs = ours.findIndex((value, row) => value !== theirs[row]);
    if (differs >= 0 || ours.length === 0) {
      throw new BenchmarkFailure('answers-differ', `row ${differs}: ${ours[differs]} and ${theirs[differs]}`);
    }
  }
}

async function run({ rounds }: Settings, print: (line: string) => void): Promise<void> {
  const { python, version } = await pythonEnvironment(requirements, print);
  print(`Machine: ${machineLine([`Python ${version}`])}`);
  print('100 trees of depth 6 on 20 features; ours on one thread, float32 in and out on both sides.');
  using folder = temporaryFolder();
  const task = await prepare(folder.path);
  const peer = { file: 'peer.py', interpreter: python };
  const contestants: readonly [Contestant, ...Contestant[]] = [
    { name: 'Bellwether', file: 'bellwether.ts', interpreter: process.execPath, threads: 1 },
    { name: 'inplace_predict, 1 thread', ...peer, threads: 1 },
    { name: 'inplace_predict, 2 threads', ...peer, threads: 2 },
  ];
  const answers = await takeTurns(contestants, rounds, (contestant) => ask(contestant, task));
  checkAgreement(contestants, answers);
  const of = (contestant: Contestant, key: 'rowMicroseconds' | 'batchMilliseconds') =>
    (answers.get(contestant) ?? []).map((times) => times[key]);
  const cells = (contestant: Contestant) => [
    spread(spreadOf(of(contestant, 'rowMicroseconds')), decimals),
    spread(spreadOf(of(contestant, 'batchMilliseconds')), decimals),
  ];
  print(columns([['', 'one row, µs', '100,000 rows, ms'], ...contestants.map((one) => [one.name, ...cells(one)])]));
  const [ours, ...peers] = contestants;
  for (const other of peers) {
    const ratio = (key: 'rowMicroseconds' | 'batchMilliseconds') =>
      spreadOf(ratiosByRound(of(ours, key), of(other, key))).median.toFixed(3);
    print(
      `prediction: one row ${ratio('rowMicroseconds')}×, 100,000 rows ${ratio('batchMilliseconds')}× the time of ${other.name}`,
    );
  }
}

export const prediction: Benchmark = {
  name: 'prediction',
  summary: 'one row and 100,000 rows by boosted trees, beside XGBoost’s inplace_predict',
  defaults: { rounds: 5, seconds: 0, connections: 0 },
  run,
};
