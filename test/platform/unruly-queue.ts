import type { Delivered, Queue } from '@bellwether/platform';
import { numbers } from './tables.ts';

export interface UnrulyQueue extends Queue {
  /** how many copies were sent beyond what was asked */
  readonly copies: number;
}

/**
 * What a standard queue may do at its worst: every message is delivered twice, and the order of deliveries is random.
 * The copies are entries of their own, so neither leases nor deletes of one touch the other.
 */
export function unrulyQueue(inner: Queue, seed: number): UnrulyQueue {
  const random = numbers(seed);
  let copies = 0;
  return {
    ...inner,
    get copies() {
      return copies;
    },
    async send(queue, entries) {
      const failures = await inner.send(queue, entries);
      const doubled = entries.map((entry) => ({ ...entry, id: `${entry.id}-copy-${copies++}` }));
      await inner.send(
        queue,
        doubled.toSorted(() => random() - 0.5),
      );
      return failures;
    },
    async receive(queue, options) {
      const delivered = await inner.receive(queue, options);
      const shuffled: Delivered[] = delivered.toSorted(() => random() - 0.5);
      // Put one back for later: what was sent first comes last.
      const [late, ...rest] = shuffled;
      if (late === undefined || rest.length === 0) return shuffled;
      await inner.extend(queue, late.receipt, 0);
      return rest;
    },
  };
}
