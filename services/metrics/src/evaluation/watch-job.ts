const lookEveryMs = 500;

/**
 * A signal that also aborts when a job no longer wants its result, which is asked twice a second until disposed.
 *
 * @param signal aborted when the lease is lost or the process stops
 */
export function watchJob(signal: AbortSignal, isWanted: () => Promise<boolean>) {
  const cancel = new AbortController();
  let looking: Promise<void> | undefined;
  const look = async () => {
    if (!(await isWanted())) cancel.abort(new Error('the job ended'));
  };
  const timer = setInterval(() => {
    looking ??= look()
      .catch(() => undefined) // asked again at the next tick
      .finally(() => {
        looking = undefined;
      });
  }, lookEveryMs);
  return {
    signal: AbortSignal.any([signal, cancel.signal]),
    cancelled: () => cancel.signal.aborted,
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await looking;
    },
  };
}
