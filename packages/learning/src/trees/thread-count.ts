import { availableParallelism } from 'node:os';
import type { Matrix } from '../preprocessing/encode-frame.ts';

/** Below so many cells starting a thread takes longer than it saves. */
const cellsOfOneThread = 200_000;

const mostThreads = 16;

/**
 * Threads to train on; models do not depend on it.
 * @param allowed half of the cores unless given: trials run side by side
 */
export const threadCountFor = ({ rows, columns }: Matrix, allowed = Math.ceil(availableParallelism() / 2)): number =>
  rows * columns < cellsOfOneThread ? 1 : Math.max(1, Math.min(mostThreads, allowed));
