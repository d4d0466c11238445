import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { expect, test } from '@jest/globals';

const threadsOfProcess = (): number => readdirSync('/proc/self/task').length;

test('a training ends with the thread that it runs in, and so do its own threads', async () => {
  const before = threadsOfProcess();
  const script = new URL('../../test/train-for-long.ts', import.meta.url);
  const worker = new Worker(script, { execArgv: ['--disable-warning=ExperimentalWarning'] });
  await once(worker, 'message');
  // the worker itself and two of its own
  const during = threadsOfProcess();
  expect(during).toBeGreaterThanOrEqual(before + 3);
  await worker.terminate();
  expect(threadsOfProcess()).toBeLessThanOrEqual(during - 3);
});
