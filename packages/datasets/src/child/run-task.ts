import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DataProblem } from '@bellwether/contracts';
import { defaultLimits, type Limits } from '../limits.ts';
import { forkChild, type TaskChild } from './fork-child.ts';
import { problemOfExit, tooSlow } from './refusal.ts';
import type { SpareChild } from './spare-child.ts';
import type { Answer, Assignment, Kind, Reply, Tasks } from './task.ts';

export interface TaskOptions {
  /** folder for temporary and spilled data; nothing stays in it */
  readonly workDir: string;
  readonly limits?: Partial<Limits> | undefined;
  /** performs the task where it fits; otherwise, and without one, a process is started */
  readonly spare?: SpareChild | undefined;
  /** ends the child; the promise is rejected with the signal's reason */
  readonly signal?: AbortSignal | undefined;
  /** what the child had to say about an unexpected error or a crash: for the operator, not for the user */
  readonly log?: ((text: string) => void) | undefined;
}

export type TaskResult<K extends Kind> =
  | { readonly ok: true; readonly result: Tasks[K]['result'] }
  | { readonly ok: false; readonly problems: DataProblem[] };

interface Ending {
  readonly answer: Answer;
  /** it ended before the assignment reached it, which says nothing about the task */
  readonly unasked: boolean;
}

/** Has a child perform its task, to the answer or to its end without one. */
function converse(
  { process: child, stderr }: TaskChild,
  assignment: Assignment,
  { signal, log }: TaskOptions,
): Promise<Ending> {
  const { limits } = assignment;
  let begun = false;
  let refusal: Answer | undefined;
  const kill = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', kill, { once: true });
  // it may have been aborted while folders were made
  if (signal?.aborted) kill();
  const clock = setTimeout(() => {
    refusal = { ok: false, problems: [tooSlow(limits.wallMilliseconds)] };
    kill();
  }, limits.wallMilliseconds);
  // A child that ended meanwhile cannot be told; its end says why, not the pipe.
  child.send(assignment, () => undefined);
  return new Promise<Ending>((resolve, reject) => {
    child.on('message', (message: Reply) => {
      if ('begun' in message) {
        begun = true;
        return;
      }
      // one that gives up may still be writing into the folder that is removed next: its end is waited for
      if (message.ok) resolve({ answer: refusal ?? message, unasked: false });
      else refusal ??= message;
      // DuckDB's threads take their time to end, and there is nothing left to save
      kill();
    });
    child.once('error', reject);
    child.once('close', (code, name) => {
      if (stderr() !== '') log?.(stderr());
      const crashed: Answer = { ok: false, problems: [problemOfExit(code, name, stderr())] };
      resolve({ answer: refusal ?? crashed, unasked: !begun && refusal === undefined });
    });
  }).finally(() => {
    clearTimeout(clock);
    signal?.removeEventListener('abort', kill);
  });
}

/** In the spare child if there is one that lives. */
async function perform(assignment: Assignment, options: TaskOptions): Promise<Answer> {
  const { spare, signal } = options;
  try {
    const ready = spare?.take(assignment.limits);
    if (ready !== undefined) {
      const { answer, unasked } = await converse(ready, assignment, options);
      signal?.throwIfAborted();
      if (!unasked) return answer;
    }
    return (await converse(forkChild(assignment.limits), assignment, options)).answer;
  } finally {
    spare?.refillSoon();
  }
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
    const answer = await perform(assignment, options);
    options.signal?.throwIfAborted();
    if (!answer.ok) return { ok: false, problems: [...answer.problems] };
    for (const output of outputs) await rename(partial(output), output);
    return { ok: true, result: answer.result as Tasks[K]['result'] };
  } finally {
    for (const output of outputs) await rm(partial(output), { force: true });
    await rm(folder, { recursive: true, force: true });
  }
}
