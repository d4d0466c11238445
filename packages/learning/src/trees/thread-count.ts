import { availableParallelism } from 'node:os';

const mostThreads = 16;

/**
 * Threads that trees may be trained by; fewer work on a table that is too small for them. Models do not depend on it.
 *
 * @param allowed half of the cores unless given: trials run side by side
 */
export const threadCountFor = (allowed = Math.ceil(availableParallelism() / 2)): number =>
  Math.max(1, Math.min(mostThreads, allowed));
