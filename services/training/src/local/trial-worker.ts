import { parentPort } from 'node:worker_threads';
import { fitTrial } from './fit-trial.ts';
import { lastFrame } from './last-frame.ts';
import type { TrialReport, TrialTask } from './trial-task.ts';

/** The thread's side of the pool: one task at a time, until the pool ends the thread. */
const frames = lastFrame();
const report = (message: TrialReport) => parentPort?.postMessage(message);

parentPort?.on('message', async (task: TrialTask) => {
  try {
    const result = await fitTrial(task, frames, (fraction) => report({ kind: 'progress', fraction }));
    report({ kind: 'done', result });
  } catch (error) {
    const { name, code, message } = error as { name?: string; code?: string; message?: string };
    // Refusals of `learning` and `datasets` carry a code of their own; anything else is a fault of ours.
    const refused = name === 'Problem' || name === 'LearningError';
    report({
      kind: refused ? 'refused' : 'crashed',
      reason: code === undefined ? String(message) : `${code}: ${message}`,
    });
  }
});
