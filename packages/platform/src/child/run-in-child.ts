import { fork } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChildReport } from './child-report.ts';

export type ChildEnd<Result> = Extract<ChildReport<Result>, { kind: 'done' | 'refused' }>;

export interface ChildWatch {
  readonly signal: AbortSignal;
  onProgress?(fraction: number): void;
}

const keptOfStderr = 4096;
/** Without it each child strips the types of its program again. Where it cannot be written, Node goes without. */
const compiledCode = join(homedir(), '.cache', 'bellwether', 'compiled');

/**
 * Runs a program, which ends with `answerParent`, as a process of its own: it may compute for minutes without a pause,
 * and can be killed at any moment, which a thread in the middle of native work cannot.
 *
 * @param program its file
 * @param task sent to it as JSON
 * @throws the signal's reason on abort, after the process was killed; when the process crashed
 */
export async function runInChild<Result>(
  program: URL,
  task: object,
  { signal, onProgress }: ChildWatch,
): Promise<ChildEnd<Result>> {
  signal.throwIfAborted();
  const child = fork(fileURLToPath(program), [], {
    execPath: process.execPath,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // nothing of ours: no credentials, no NODE_OPTIONS, no proxy
    env: { TZ: 'UTC', NODE_COMPILE_CACHE: compiledCode },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderr = '';
  let end: Exclude<ChildReport<Result>, { kind: 'progress' }> | undefined;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-keptOfStderr);
  });
  child.on('message', (report: ChildReport<Result>) => {
    if (report.kind === 'progress') onProgress?.(report.fraction);
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
    if (end === undefined) throw new Error(`the process ended with ${code}: ${stderr.trim()}`);
    if (end.kind === 'crashed') throw new Error(end.reason);
    return end;
  } finally {
    signal.removeEventListener('abort', kill);
  }
}
