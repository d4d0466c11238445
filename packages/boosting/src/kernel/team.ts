import { Worker } from 'node:worker_threads';
import { configure, type Kernel, kernelConstant, kernelModule, type Settings, startKernel } from './kernel.ts';
import { orders } from './orders.ts';
import { settingsAt } from './plan-memory.ts';

/** The threads of one training and the memory that they share. The caller's thread is one of them. */
export interface Team extends AsyncDisposable {
  /** of the caller's thread */
  readonly kernel: Kernel;
  readonly memory: WebAssembly.Memory;
  /** threads at most */
  readonly size: number;
  /** Tells all threads the settings; before it only the caller's can work. */
  readonly configure: (settings: Settings) => void;
  /** Waits for threads that are still to come, but not for long: the work can be done by fewer. */
  readonly gather: () => Promise<void>;
}

/** Who has not come by then, in milliseconds, is not waited for. */
const patience = 2000;

/**
 * What a thread runs: it waits for the settings, makes its kernel and serves. In plain JavaScript: from a file of
 * TypeScript each thread would load the compiler that strips its types first.
 */
const script = `
  const { workerData: { module, memory, cell, at } } = require('node:worker_threads');
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const cells = new Int32Array(memory.buffer, 0, 1024);
  Atomics.wait(cells, cell / 4, 0);
  const text = Buffer.from(new Uint8Array(memory.buffer, at, cells[cell / 4])).toString();
  for (const [name, value] of Object.entries(JSON.parse(text))) exports[name].value = value;
  exports.serve();
`;

/**
 * Starts the other threads, which take part from when they are up: starting one takes as long as training on a few
 * thousand rows. One that cannot start is not missed. They end with the thread that calls this, whatever ends it.
 */
export const startTeam = (size: number, memory: WebAssembly.Memory): Team => {
  const module = kernelModule();
  const kernel = startKernel(module, memory, {});
  const cell = kernelConstant(kernel, 'SETTINGS_BYTES');
  const joined = kernelConstant(kernel, 'JOINED') / 4;
  const cells = new Int32Array(memory.buffer, 0, 1024);
  const workers = Array.from({ length: size - 1 }, () => {
    const worker = new Worker(script, { eval: true, workerData: { module, memory, cell, at: settingsAt } });
    worker.on('error', () => {});
    return worker;
  });
  return {
    kernel,
    memory,
    size,
    configure: (settings) => {
      configure(kernel, settings);
      const text = Buffer.from(JSON.stringify(settings));
      new Uint8Array(memory.buffer, settingsAt, text.length).set(text);
      Atomics.store(cells, cell / 4, text.length);
      Atomics.notify(cells, cell / 4);
    },
    gather: async () => {
      const until = performance.now() + patience;
      for (let present = Atomics.load(cells, joined); present < workers.length; present = Atomics.load(cells, joined)) {
        const { async, value } = Atomics.waitAsync(cells, joined, present, until - performance.now());
        if (async) await value;
        if (performance.now() >= until) return;
      }
    },
    async [Symbol.asyncDispose]() {
      kernel.command(orders.end);
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
};
