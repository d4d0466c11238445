import { Worker } from 'node:worker_threads';
import { newRunning } from './core-share.ts';
import { closeSection, leaveSection, newSection } from './native-section.ts';
import type { FitOutcome, ThreadOrder, ThreadStart, TrialReport, TrialTask } from './trial-task.ts';

export type PoolOutcome = FitOutcome | { readonly kind: 'refused'; readonly reason: string };

/** Worker threads for trials: the main thread stays free for leases, requests and cancels. */
export interface TrialPool {
  /**
   * Runs a task on a free thread. There are as many threads as the consumer's concurrency, so one is always free.
   *
   * @throws when the signal aborts, after the thread was ended; when the thread crashed; when the pool is closed
   */
  run(
    task: TrialTask,
    options: { readonly signal: AbortSignal; onProgress(fraction: number): void },
  ): Promise<PoolOutcome>;
  close(): Promise<void>;
}

const script = new URL('./trial-worker.ts', import.meta.url);

/**
 * Starts the threads at once: the first trial does not wait for one to load its libraries.
 *
 * @param size how many trials run at once
 * @param cores that they share; unless given, all that the process may use
 */
export function openTrialPool(size: number, cores?: number): TrialPool {
  const idle: Worker[] = [];
  const all = new Map<Worker, Int32Array>();
  const running = newRunning();
  let closed = false;

  function start(): Worker {
    const section = newSection();
    const workerData: ThreadStart = { section, running, ...(cores === undefined ? {} : { cores }) };
    const worker = new Worker(script, {
      workerData,
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    all.set(worker, section);
    // An idle thread must not keep the process alive, nor bring it down.
    worker.unref();
    worker.on('error', () => all.delete(worker));
    worker.on('exit', () => {
      all.delete(worker);
      leaveSection(section);
    });
    return worker;
  }

  for (let index = 0; index < size; index++) idle.push(start());

  function take(): Worker {
    for (let worker = idle.pop(); worker !== undefined; worker = idle.pop()) if (all.has(worker)) return worker;
    return start();
  }

  function giveBack(worker: Worker): void {
    if (closed) return;
    if (all.has(worker)) idle.push(worker);
    else if (all.size < size) idle.push(start());
  }

  async function end(worker: Worker): Promise<void> {
    const section = all.get(worker);
    all.delete(worker);
    // A thread that ended by itself is in no section any more.
    if (section !== undefined) await closeSection(section, () => tell(worker, { kind: 'interrupt' }));
    await worker.terminate();
  }

  return {
    async run(task, { signal, onProgress }) {
      signal.throwIfAborted();
      // A thread that starts now would never be ended.
      if (closed) throw new Error('the pool of trial threads is closed');
      const worker = take();
      Atomics.add(running, 0, 1);
      try {
        return await converse(worker, task, signal, onProgress);
      } catch (error) {
        // Whatever it was doing, it is not to be trusted with the next task.
        await end(worker);
        throw error;
      } finally {
        Atomics.sub(running, 0, 1);
        giveBack(worker);
      }
    },
    async close() {
      closed = true;
      await Promise.all([...all.keys()].map(end));
    },
  };
}

function tell(worker: Worker, order: ThreadOrder): void {
  worker.postMessage(order);
}

function converse(
  worker: Worker,
  task: TrialTask,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<PoolOutcome> {
  return new Promise<PoolOutcome>((resolve, reject) => {
    const end = new AbortController();
    const settle = (act: () => void) => {
      end.abort();
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
      act();
    };
    const onMessage = (report: TrialReport) => {
      if (report.kind === 'progress') onProgress(report.fraction);
      else if (report.kind === 'crashed') settle(() => reject(new Error(report.reason)));
      else settle(() => resolve(report));
    };
    const onError = (error: unknown) => settle(() => reject(error));
    const onExit = (code: number) => settle(() => reject(new Error(`the worker thread ended with code ${code}`)));
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
    signal.addEventListener('abort', () => settle(() => reject(signal.reason)), { signal: end.signal });
    tell(worker, { kind: 'run', task });
  });
}
