import { heapArguments, type Limits } from '../limits.ts';
import { forkChild, holdParent, type TaskChild } from './fork-child.ts';
import type { Kind } from './task.ts';

/** A process that is ready before there is a task for it. It performs one task, as any other child does. */
export interface SpareChild {
  /** the process that waits, now the caller's, if there is one with the heap that these limits ask for */
  take(limits: Limits): TaskChild | undefined;
  /** id of the process that waits, undefined when none does */
  pid(): number | undefined;
  /** starts another one, unless one waits */
  refill(): void;
  /** the same after a rest, so as not to compete with what comes next, unless a task has come by then */
  refillSoon(): void;
  /** ends the one that waits, for good */
  close(): void;
}

export interface SpareChildOptions {
  readonly limits: Pick<Limits, 'memoryBytes'>;
  /** whose programs are loaded */
  readonly kinds: readonly Kind[];
  /** after this time without a task the process ends, and with it the memory it holds */
  readonly idleMilliseconds?: number;
  /** before the first process is started, so that it does not compete with the start of the service */
  readonly delayMilliseconds?: number;
  /** after a task, before the next process is started */
  readonly restMilliseconds?: number;
}

const usualIdle = 15 * 60_000;
const usualDelay = 5_000;
const usualRest = 1_000;

const heap = (limits: Pick<Limits, 'memoryBytes'>): string => heapArguments(limits).join(' ');

/**
 * Keeps one process forked and loaded, for tasks of the same limits: a task then starts at once instead of after 0.3 s
 * of processor time. An idle one holds about 90 MiB. Neither it nor its clock keeps the parent
 * running, and it ends with its parent.
 */
export function keepSpareChild(options: SpareChildOptions): SpareChild {
  const { limits, kinds, idleMilliseconds = usualIdle, delayMilliseconds = usualDelay } = options;
  const { restMilliseconds = usualRest } = options;
  let waiting: TaskChild | undefined;
  let closed = false;
  let clock: NodeJS.Timeout | undefined;

  const leave = () => {
    clearTimeout(clock);
    const left = waiting;
    waiting = undefined;
    return left;
  };
  const end = () => leave()?.process.kill('SIGKILL');
  const refill = () => {
    if (closed || waiting !== undefined) return;
    const spare = forkChild(limits, kinds);
    const gone = () => {
      if (waiting === spare) leave();
    };
    // without a listener an error of the start, such as too many processes, would end the parent
    spare.process.on('error', gone).once('exit', gone);
    holdParent(spare, false);
    waiting = spare;
    clearTimeout(clock);
    clock = setTimeout(end, idleMilliseconds).unref();
  };
  const refillAfter = (milliseconds: number) => {
    if (closed || waiting !== undefined) return;
    clearTimeout(clock);
    clock = setTimeout(refill, milliseconds).unref();
  };
  refillAfter(delayMilliseconds);

  return {
    take(asked) {
      if (waiting === undefined || heap(asked) !== heap(limits)) return undefined;
      const taken = leave() as TaskChild;
      holdParent(taken, true);
      return taken;
    },
    pid: () => waiting?.process.pid,
    refill,
    refillSoon: () => refillAfter(restMilliseconds),
    close() {
      closed = true;
      end();
    },
  };
}
