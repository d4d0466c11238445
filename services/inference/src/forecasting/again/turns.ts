/** Lets so many pieces of work run at once, and the others wait in their order. */
export function openTurns(most: number) {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function begin(signal: AbortSignal): Promise<void> {
    if (running < most) {
      running += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const stop = () => {
        waiting.splice(waiting.indexOf(go), 1);
        reject(signal.reason);
      };
      // Whoever ends hands its turn over, so that nobody comes in between.
      const go = () => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      signal.addEventListener('abort', stop, { once: true });
      waiting.push(go);
    });
  }

  function end(): void {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  /** @throws the signal's reason when it is aborted before the work has begun; what the work throws */
  return async function inTurn<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    signal.throwIfAborted();
    await begin(signal);
    try {
      return await work();
    } finally {
      end();
    }
  };
}
