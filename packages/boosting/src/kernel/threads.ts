import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Kernel, kernelModule, type Settings, startKernel } from './kernel.ts';
import { orders } from './orders.ts';

export interface ThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly settings: Settings;
}

/** The threads of one training. The caller's thread is one of them. */
export interface Threads extends AsyncDisposable {
  readonly kernel: Kernel;
}

/**
 * What a thread runs: `startKernel` and `serve`, in plain JavaScript. From a file of TypeScript each thread would load the
 * compiler that strips its types first.
 */
const script = `
  const { workerData: { module, memory, settings } } = require('node:worker_threads');
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  for (const [name, value] of Object.entries(settings)) exports[name].value = value;
  exports.serve();
`;

/**
 * Starts the other threads, which then wait for orders. They end with the thread that calls this, whatever ends it.
 *
 * @param settingsOf the settings of thread 0, 1, …
 */
export const startThreads = async (
  count: number,
  memory: WebAssembly.Memory,
  settingsOf: (thread: number) => Settings,
): Promise<Threads> => {
  const module = kernelModule();
  const workers = Array.from({ length: count - 1 }, (_, index) => {
    const workerData: ThreadStart = { module, memory, settings: settingsOf(index + 1) };
    return new Worker(script, { eval: true, workerData });
  });
  const kernel = startKernel(module, memory, settingsOf(0));
  const stop = async () => {
    await Promise.all(workers.map((worker) => worker.terminate()));
  };
  try {
    // One that cannot start would leave the others waiting for it.
    await Promise.all(workers.map((worker) => once(worker, 'online')));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    kernel,
    async [Symbol.asyncDispose]() {
      kernel.command(orders.end);
      await stop();
    },
  };
};
