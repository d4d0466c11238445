import type { ChildReport } from './child-report.ts';

/**
 * The child's side: takes one task, gives one answer, and ends.
 *
 * @param work a `Problem` that it throws is for the user; anything else is a fault of ours
 */
export function answerParent<Task, Result>(
  work: (task: Task, onProgress: (fraction: number) => void) => Promise<Result>,
): void {
  const report = (message: ChildReport<Result>, sent?: () => void) => process.send?.(message, () => sent?.());
  // Without waiting for native threads: there is nothing to be saved once the answer is on its way.
  const answer = (message: ChildReport<Result>) => report(message, () => process.exit(0));
  const run = async (task: Task): Promise<void> => {
    try {
      answer({ kind: 'done', result: await work(task, (fraction) => report({ kind: 'progress', fraction })) });
    } catch (error) {
      const { name, code, message } = error as { name?: string; code?: string; message?: string };
      // By name: a problem of another package copy is no instance of ours.
      if (name === 'Problem') answer({ kind: 'refused', code: String(code), detail: String(message) });
      else answer({ kind: 'crashed', reason: code === undefined ? String(message) : `${code}: ${message}` });
    }
  };
  // a parent that is gone needs no answer
  process.once('disconnect', () => process.exit(1));
  process.once('message', (task: Task) => void run(task));
}
