import { parentPort, workerData } from 'node:worker_threads';
import { fitTrial } from './fit-trial.ts';
import { lastFrame } from './last-frame.ts';
import type { ThreadOrder, TrialReport, TrialTask } from './trial-task.ts';

/** The thread's side of the pool: one task at a time, until the pool ends the thread. */
const interrupted = new AbortController();
const frames = lastFrame(workerData as Int32Array, interrupted.signal);
const report = (message: TrialReport) => parentPort?.postMessage(message);

async function run(task: TrialTask): Promise<void> {
  try {
    report(await fitTrial(task, frames, (fraction) => report({ kind: 'progress', fraction })));
  } catch (error) {
    const { name, code, message } = error as { name?: string; code?: string; message?: string };
    // By name: a problem of another realm or package copy is no instance of ours. Anything else is a fault of ours.
    report({
      kind: name === 'Problem' ? 'refused' : 'crashed',
      reason: code === undefined ? String(message) : `${code}: ${message}`,
    });
  }
}

parentPort?.on('message', (order: ThreadOrder) => {
  if (order.kind === 'interrupt') interrupted.abort();
  else void run(order.task);
});
