import type { Logger } from 'pino';
import type { PeriodicTask } from './service.ts';

export interface RunningTasks {
  /** Starts no further run and waits for those under way. */
  stop(): Promise<void>;
}

/** Runs each task at its pace; one that fails is logged and runs again at its next time. */
export function startTasks(tasks: readonly PeriodicTask[], now: () => number, log: Logger): RunningTasks {
  const timers = new Map<PeriodicTask, NodeJS.Timeout>();
  const underWay = new Set<Promise<void>>();
  let stopped = false;

  async function once(task: PeriodicTask): Promise<void> {
    try {
      await task.run(now());
    } catch (error) {
      log.error({ task: task.name, err: error }, 'a periodic task failed');
    }
    if (!stopped) plan(task, task.everySeconds);
  }

  function plan(task: PeriodicTask, seconds: number): void {
    const begin = () => {
      const run = once(task).finally(() => underWay.delete(run));
      underWay.add(run);
    };
    timers.set(task, setTimeout(begin, seconds * 1000).unref());
  }

  for (const task of tasks) plan(task, task.atStart ? 0 : task.everySeconds);
  return {
    async stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(underWay);
    },
  };
}
