import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PredictionReport, PredictionTask } from './prediction-task.ts';

const program = fileURLToPath(new URL('./child.ts', import.meta.url));
const keptOfStderr = 4096;

export type PredictionEnd = Extract<PredictionReport, { kind: 'done' | 'refused' }>;

interface Watch {
  readonly signal: AbortSignal;
  onProgress(fraction: number): void;
}

/**
 * Predicts a table in a process of its own: it computes for minutes without a pause, and can be killed at any moment,
 * which a thread in the middle of DuckDB's work cannot.
 *
 * @throws the signal's reason on abort, after the process was killed; when the process crashed
 */
export async function predictInChild(task: PredictionTask, { signal, onProgress }: Watch): Promise<PredictionEnd> {
  signal.throwIfAborted();
  const child = fork(program, [], {
    execPath: process.execPath,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // nothing of ours: no credentials, no NODE_OPTIONS, no proxy
    env: { TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderr = '';
  let end: Exclude<PredictionReport, { kind: 'progress' }> | undefined;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-keptOfStderr);
  });
  child.on('message', (report: PredictionReport) => {
    if (report.kind === 'progress') onProgress(report.fraction);
    else end ??= report;
  });
  const kill = () => child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  // A child that ended meanwhile cannot be told; its end says why, not the pipe.
  child.send(task, () => undefined);
  try {
    const code = await new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (status, name) => resolve(name ?? `code ${status}`));
    });
    signal.throwIfAborted();
    if (end === undefined) throw new Error(`the predicting process ended with ${code}: ${stderr.trim()}`);
    if (end.kind === 'crashed') throw new Error(end.reason);
    return end;
  } finally {
    signal.removeEventListener('abort', kill);
  }
}
