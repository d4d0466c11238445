import { parentPort, workerData } from 'node:worker_threads';
import { coreShare } from './core-share.ts';
import { fitTrial } from './fit-trial.ts';
import { lastFrame } from './last-frame.ts';
import type { ThreadOrder, ThreadStart, TrialReport, TrialTask } from './trial-task.ts';

/** The thread's side of the pool: one task at a time, until the pool ends the thread. */
const interrupted = new AbortController();
const { section, running, cores } = workerData as ThreadStart;
const frames = lastFrame(section, interrupted.signal);
const report = (message: TrialReport) => parentPort?.postMessage(message);

async function run(task: TrialTask): Promise<void> {
  try {
    const onProgress = (fraction: number) => report({ kind: 'progress', fraction });
    report(await fitTrial(task, frames, onProgress, () => coreShare(running, cores)));
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
