import { parentPort } from 'node:worker_threads';
import { trainBooster } from '../src/index.ts';
import { wavyTable } from './tables.ts';

/** A thread that trains for far longer than a test, and says when it has begun. */
await trainBooster({
  ...wavyTable(200_000, 6),
  threads: 3,
  parameters: { num_round: 100_000 },
  onProgress: () => parentPort?.postMessage('progress'),
});
