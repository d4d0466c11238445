import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BenchmarkFailure } from '../failure.ts';
import type { PythonEnvironment } from '../peers/python-environment.ts';
import { type ServerProcess, startServer } from '../peers/server-process.ts';
import { lags, nextWeekCsv, ordersCsv, trainingCsv, type WeeklyOrders } from './weekly-orders.ts';

const run = promisify(execFile);
const commandLine = fileURLToPath(new URL('./main.ts', import.meta.resolve('@bellwether/cli')));
const peer = fileURLToPath(new URL('./fastapi/server.py', import.meta.url));
export const requirements = fileURLToPath(new URL('./fastapi/requirements.txt', import.meta.url));

/** As many as both forests have by default. */
const trees = 100;
const longestMs = 120_000;

/**
 * `bellwether serve`, its model trained by one line of `bellwether train`, its items at hand.
 *
 * @throws BenchmarkFailure `training-failed`, `items-not-ready`
 */
export async function startBellwether(folder: string, orders: WeeklyOrders): Promise<ServerProcess> {
  const file = join(folder, 'orders.csv');
  await writeFile(file, ordersCsv(orders));
  const server = await startServer({
    name: 'Bellwether',
    command: process.execPath,
    args: [commandLine, 'serve', '--port', '0', '--data-dir', join(folder, 'data')],
    env: { NODE_ENV: 'production' },
  });
  try {
    const columns = ['--target', 'QUANTITY', '--item', 'PRODUCT_ID', '--date', 'CHECKOUT_DATE'];
    const features = ['--period', 'week', '--lags', String(lags)];
    const model = ['--algorithms', 'random-forest', '--model', 'weekly-orders', '--url', server.url];
    await run(process.execPath, [commandLine, 'train', file, ...columns, ...features, ...model], {
      timeout: longestMs,
    }).catch((error: Error & { stderr?: string }) => {
      throw new BenchmarkFailure('training-failed', error.stderr || error.message);
    });
    await untilReady(`${server.url}/predict/${orders.items[0]}`);
    return server;
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
}

/** A model that was just trained has its items a moment later. */
async function untilReady(url: string): Promise<void> {
  const end = performance.now() + longestMs;
  for (;;) {
    const { ok, status } = await fetch(url);
    if (ok) return;
    if (performance.now() > end) throw new BenchmarkFailure('items-not-ready', `${url} still says ${status}`);
    await pause(100);
  }
}

/** One process of FastAPI and scikit-learn: a forest of as many trees, next week's features in memory from a CSV file. */
export async function startFastApi(
  { python }: PythonEnvironment,
  folder: string,
  orders: WeeklyOrders,
): Promise<ServerProcess> {
  const [training, nextWeek] = [join(folder, 'training.csv'), join(folder, 'next-week.csv')];
  await writeFile(training, trainingCsv(orders));
  await writeFile(nextWeek, nextWeekCsv(orders));
  return await startServer({
    name: 'FastAPI',
    command: python,
    args: [peer, training, nextWeek, String(trees)],
    env: { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
}
