export interface JobWatchOptions {
  /** aborted when the lease is lost or the process stops */
  readonly signal: AbortSignal;
  /** whether the job still wants its result: asked twice a second */
  isWanted(): Promise<boolean>;
  /** takes the share of the work that is done, when it has grown */
  readonly onProgress?: (fraction: number) => Promise<void>;
}

export interface JobWatch extends AsyncDisposable {
  /** aborted when the outer one is, or when the job ended */
  readonly signal: AbortSignal;
  onProgress(fraction: number): void;
  cancelled(): boolean;
}

const lookEveryMs = 500;

/** Looks twice a second whether a job still wants its result, and passes progress on at the same pace. */
export function watchJob({ signal, isWanted, onProgress }: JobWatchOptions): JobWatch {
  const cancel = new AbortController();
  let progress = 0;
  let shown = 0;
  let looking: Promise<void> | undefined;
  const look = async () => {
    if (!(await isWanted())) cancel.abort(new Error('the job ended'));
    else if (progress > shown) {
      shown = progress;
      await onProgress?.(progress);
    }
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
    onProgress(fraction) {
      progress = fraction;
    },
    cancelled: () => cancel.signal.aborted,
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await looking;
    },
  };
}
