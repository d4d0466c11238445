import { workerData } from 'node:worker_threads';
import { startKernel } from './kernel.ts';
import type { ThreadStart } from './threads.ts';

const { module, memory, settings } = workerData as ThreadStart;
startKernel(module, memory, settings).serve();
