import { fork } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataProblem } from '@bellwether/contracts';
import { defaultLimits, heapArguments, type Limits } from '../limits.ts';
import { problemOfExit, tooSlow } from './refusal.ts';
import type { Answer, Assignment, Kind, Tasks } from './task.ts';

export interface TaskOptions {
  /** folder for temporary and spilled data; nothing stays in it */
  readonly workDir: string;
  readonly limits?: Partial<Limits> | undefined;
  /** ends the child; the promise is rejected with the signal's reason */
  readonly signal?: AbortSignal | undefined;
  /** what the child had to say about an unexpected error or a crash: for the operator, not for the user */
  readonly log?: ((text: string) => void) | undefined;
}

export type TaskResult<K extends Kind> =
  | { readonly ok: true; readonly result: Tasks[K]['result'] }
  | { readonly ok: false; readonly problems: DataProblem[] };

const program = fileURLToPath(new URL('./main.ts', import.meta.url));
const keptOfStderr = 4_096;
/** Without it each child strips the types of its program again, for 80 ms and 25 MB. Where it cannot be, Node goes without. */
const compiledCode = join(homedir(), '.cache', 'bellwether', 'compiled');

/** Runs the child to its end, whichever way it ends. */
function converse(assignment: Assignment, { signal, log }: TaskOptions): Promise<Answer> {
  const { limits } = assignment;
  const child = fork(program, [], {
    execPath: process.execPath,
    execArgv: [...heapArguments(limits), '--disable-warning=ExperimentalWarning'],
    // nothing of ours: no credentials, no NODE_OPTIONS, no proxy
    env: { TZ: 'UTC', NODE_COMPILE_CACHE: compiledCode },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderr = '';
  let answer: Answer | undefined;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-keptOfStderr);
  });
  child.on('message', (message: Answer) => {
    answer ??= message;
  });
  const kill = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', kill, { once: true });
  // it may have been aborted while folders were made
  if (signal?.aborted) kill();
  const clock = setTimeout(() => {
    answer ??= { ok: false, problems: [tooSlow(limits.wallMilliseconds)] };
    kill();
  }, limits.wallMilliseconds);
  // A child that ended meanwhile cannot be told; its end says why, not the pipe.
  child.send(assignment, () => undefined);
  return new Promise<Answer>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, name) => {
      resolve(answer ?? { ok: false, problems: [problemOfExit(code, name, stderr)] });
    });
  }).finally(() => {
    clearTimeout(clock);
    signal?.removeEventListener('abort', kill);
    if (stderr !== '') log?.(stderr);
  });
}

/**
 * Performs a task in a process of its own, within limits. The outputs appear complete or not at all.
 *
 * @param inputs files that the task reads
 * @param outputs files that the task writes
 * @param assign makes the task, given where each output is to be written first
 * @throws the signal's reason on abort; whatever is wrong with the data is in the result
 */
export async function runTask<K extends Kind>(
  inputs: readonly string[],
  outputs: readonly string[],
  options: TaskOptions,
  assign: (partial: (output: string) => string) => Tasks[K]['task'],
): Promise<TaskResult<K>> {
  options.signal?.throwIfAborted();
  await mkdir(options.workDir, { recursive: true });
  const folder = await mkdtemp(join(options.workDir, 'table-'));
  // beside the output, since a rename does not cross file systems
  const suffix = `.${folder.slice(-6)}.partial`;
  const partial = (output: string) => output + suffix;
  const limits = { ...defaultLimits, ...options.limits };
  try {
    for (const output of outputs) await mkdir(dirname(output), { recursive: true });
    const assignment = { task: assign(partial), folder, paths: [...inputs, ...outputs.map(partial)], limits };
    const answer = await converse(assignment, options);
    options.signal?.throwIfAborted();
    if (!answer.ok) return { ok: false, problems: [...answer.problems] };
    for (const output of outputs) await rename(partial(output), output);
    return { ok: true, result: answer.result as Tasks[K]['result'] };
  } finally {
    for (const output of outputs) await rm(partial(output), { force: true });
    await rm(folder, { recursive: true, force: true });
  }
}
