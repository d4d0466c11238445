/**
 * Collects what arrives in one turn of the event loop and writes it at once: one transaction for all of it, and each
 * caller goes on only when that transaction is durable. The cost of a commit is shared, and nobody waits longer.
 *
 * @param write writes all entries or none, synchronously; throws when it could not
 */
export function groupCommit<Entry>(write: (entries: readonly Entry[]) => void) {
  let waiting: { readonly entry: Entry; readonly resolve: () => void; readonly reject: (reason: unknown) => void }[] =
    [];

  function flush(): void {
    const group = waiting;
    waiting = [];
    if (group.length === 0) return;
    try {
      write(group.map(({ entry }) => entry));
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const { resolve } of group) resolve();
  }

  return {
    append: (entry: Entry) =>
      new Promise<void>((resolve, reject) => {
        if (waiting.push({ entry, resolve, reject }) === 1) setImmediate(flush);
      }),
    flush,
  };
}
