import { type ChildProcess, fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { heapArguments, type Limits } from '../limits.ts';
import type { Kind } from './task.ts';

const program = fileURLToPath(new URL('./main.ts', import.meta.url));
const keptOfStderr = 4_096;
/** Without it each child strips the types of its program again, for 80 ms and 25 MB. Where it cannot be, Node goes without. */
const compiledCode = join(homedir(), '.cache', 'bellwether', 'compiled');

export interface TaskChild {
  readonly process: ChildProcess;
  /** the end of what it wrote to its standard error */
  stderr(): string;
}

/**
 * Starts a process for one task.
 *
 * @param limits its heap is held within them; the rest of them goes to it with the task
 * @param prepareFor kinds of tasks whose programs it loads before it is asked for one
 */
export function forkChild(limits: Pick<Limits, 'memoryBytes'>, prepareFor: readonly Kind[] = []): TaskChild {
  const child = fork(program, [...prepareFor], {
    execPath: process.execPath,
    execArgv: [...heapArguments(limits), '--disable-warning=ExperimentalWarning'],
    // nothing of ours: no credentials, no NODE_OPTIONS, no proxy
    env: { TZ: 'UTC', NODE_COMPILE_CACHE: compiledCode },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-keptOfStderr);
  });
  return { process: child, stderr: () => stderr };
}

/** Whether a child keeps its parent from ending when there is nothing else to do. */
export function holdParent({ process: child }: TaskChild, held: boolean): void {
  const change = held ? 'ref' : 'unref';
  child[change]();
  child.channel?.[change]();
  // a pipe is a socket, whatever the type says
  (child.stderr as Socket | null)?.[change]();
}
