/** One call that waits for its answer. */
export interface Call<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Collects the calls of one turn of the event loop, so that a transaction or a request serves many of them. Nobody
 * waits for a further call to come: under no load a group is one.
 *
 * @param run answers each call of a group; what it throws is the answer to all that have none yet
 * @param most calls in a group; further ones are groups of their own, run at the same time
 */
export function perTurn<Item, Result>(
  run: (calls: readonly Call<Item, Result>[]) => Promise<void>,
  most: number,
): (item: Item) => Promise<Result> {
  let waiting: Call<Item, Result>[] = [];

  function flush(): void {
    const calls = waiting;
    waiting = [];
    for (let start = 0; start < calls.length; start += most) {
      const group = calls.slice(start, start + most);
      run(group).catch((error: unknown) => {
        for (const { reject } of group) reject(error);
      });
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      if (waiting.push({ item, resolve, reject }) === 1) setImmediate(flush);
    });
}
