import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Dataset, Job, ModelVersion } from '@bellwether/contracts';
import { BenchmarkFailure } from '../failure.ts';
import { type ServerProcess, startServer } from '../peers/server-process.ts';
import { predictionPath } from './contestant.ts';
import { sendJson } from './send-json.ts';
import { csvOf, type TrainingTable, targetOf } from './table.ts';

const commandLine = fileURLToPath(new URL('./main.ts', import.meta.resolve('@bellwether/cli')));

/** `bellwether serve`: all five services in one process, AUTH=none, request log on, as it is by default. */
export function startBellwether(folder: string): Promise<ServerProcess> {
  return startServer({
    name: 'Bellwether',
    command: process.execPath,
    args: [commandLine, 'serve', '--port', '0', '--data-dir', join(folder, 'data')],
    env: { NODE_ENV: 'production' },
  });
}

const call = async (method: 'GET' | 'POST', url: string, body?: object): Promise<unknown> =>
  JSON.parse(await sendJson(method, url, body && JSON.stringify(body)));

const pollMs = 50;
const longestMs = 60_000;

/** Asks until the answer is no longer in a state that passes. */
async function settled<Answer extends { readonly status: string }>(url: string, passing: readonly string[]) {
  const end = performance.now() + longestMs;
  for (;;) {
    const answer = (await call('GET', url)) as Answer;
    if (!passing.includes(answer.status)) return answer;
    if (performance.now() > end) throw new BenchmarkFailure('training-stuck', `${url} is still ${answer.status}`);
    await pause(pollMs);
  }
}

/**
 * Uploads the table and trains the model `bench` through the public API: a ridge regression, which becomes champion.
 *
 * @returns the champion
 * @throws BenchmarkFailure `training-failed`, `wrong-answer`
 */
export async function trainBellwether(url: string, table: TrainingTable): Promise<ModelVersion> {
  const { dataset, upload } = (await call('POST', `${url}/v1/datasets`, { name: 'bench' })) as {
    dataset: Dataset;
    upload: { url: string; headers: Record<string, string> };
  };
  const put = await fetch(upload.url, { method: 'PUT', headers: upload.headers, body: csvOf(table) });
  if (!put.ok) throw new BenchmarkFailure('training-failed', `upload: ${put.status} ${await put.text()}`);
  const ready = await settled<Dataset>(`${url}/v1/datasets/${dataset.id}`, ['awaiting-upload', 'validating']);
  if (ready.status !== 'ready') throw new BenchmarkFailure('training-failed', JSON.stringify(ready.problems));

  const { job } = (await call('POST', `${url}/v1/models/bench/training-jobs`, {
    datasetId: dataset.id,
    target: targetOf(table),
    task: 'regression',
    candidates: [{ algorithm: 'linear', hyperparameters: { alpha: 1 } }],
  })) as { job: Job };
  const ended = await settled<Job>(`${url}/v1/jobs/${job.id}`, ['queued', 'waiting', 'running']);
  if (ended.status !== 'succeeded') throw new BenchmarkFailure('training-failed', JSON.stringify(ended.error));
  const { versions } = (await call('GET', `${url}/v1/models/bench/versions`)) as { versions: ModelVersion[] };
  const champion = versions.find((version) => version.champion);
  if (champion?.algorithm === 'linear') return champion;
  throw new BenchmarkFailure('training-failed', `the champion is ${champion?.algorithm ?? 'none'}, not linear`);
}

/** How many successful predictions the request log of the server holds. */
export async function loggedPredictions(url: string): Promise<number> {
  const { total } = (await call('GET', `${url}/v1/requests?limit=1&status=200&path=${predictionPath}`)) as {
    total: number;
  };
  return total;
}
