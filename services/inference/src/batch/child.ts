import { predictTable } from './predict-table.ts';
import type { PredictionReport, PredictionTask } from './prediction-task.ts';

/** The child's side: one task, one answer, and the end. */
const report = (message: PredictionReport, sent?: () => void) => process.send?.(message, () => sent?.());
// Without waiting for DuckDB's threads: there is nothing to be saved once the answer is on its way.
const answer = (message: PredictionReport) => report(message, () => process.exit(0));

async function run(task: PredictionTask): Promise<void> {
  try {
    const { rows } = await predictTable(task, (fraction) => report({ kind: 'progress', fraction }));
    answer({ kind: 'done', rows });
  } catch (error) {
    const { name, code, message } = error as { name?: string; code?: string; message?: string };
    // By name: a problem of another package copy is no instance of ours. Anything else is a fault of ours.
    if (name === 'Problem') answer({ kind: 'refused', code: String(code), detail: String(message) });
    else answer({ kind: 'crashed', reason: code === undefined ? String(message) : `${code}: ${message}` });
  }
}

// a parent that is gone needs no answer
process.once('disconnect', () => process.exit(1));
process.once('message', (task: PredictionTask) => void run(task));
