import type { RequestLog, RequestLogEntry } from '../../request-log/index.ts';

/** A request log whose writing the test holds back or lets fail. */
export interface MemoryRequestLog extends RequestLog {
  /** what is durable, oldest first */
  readonly entries: readonly RequestLogEntry[];
  /** From now on entries wait; resolves when `count` of them do. */
  hold(count: number): Promise<void>;
  release(): void;
  fail(error: Error | undefined): void;
}

export function memoryRequestLog(): MemoryRequestLog {
  const entries: RequestLogEntry[] = [];
  let held: (() => void)[] | undefined;
  let failure: Error | undefined;
  let reached = () => {};
  let wanted = Number.POSITIVE_INFINITY;
  return {
    entries,
    async append(entry) {
      if (failure !== undefined) throw failure;
      const waiting = held;
      if (waiting !== undefined) {
        await new Promise<void>((resolve) => {
          if (waiting.push(resolve) >= wanted) reached();
        });
      }
      entries.push(entry);
    },
    hold(count) {
      held = [];
      wanted = count;
      return new Promise((resolve) => {
        reached = resolve;
      });
    },
    release() {
      const waiting = held ?? [];
      held = undefined;
      for (const resolve of waiting) resolve();
    },
    fail(error) {
      failure = error;
    },
    list: async () => ({ requests: [] }),
    count: async () => entries.length,
    close: async () => {},
  };
}
