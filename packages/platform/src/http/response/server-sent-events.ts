import type { Chunks } from '../routes/route.ts';

/** One event of a stream: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface ServerSentEvent {
  /** comes back as `Last-Event-ID` when the client reconnects */
  readonly id?: string;
  /** default of clients: `message` */
  readonly event?: string;
  /** sent as JSON */
  readonly data: unknown;
}

const oneLine = (text: string) => text.replace(/[\r\n\0]/g, ' ');

/** An event as it is written to the stream. JSON holds no line break, so that the data are one line. */
export function encodeEvent({ id, event, data }: ServerSentEvent): string {
  const head =
    (id === undefined ? '' : `id: ${oneLine(id)}\n`) + (event === undefined ? '' : `event: ${oneLine(event)}\n`);
  return `${head}data: ${JSON.stringify(data)}\n\n`;
}

export interface EventStreamOptions {
  /** the request's signal: the stream ends with it */
  readonly signal: AbortSignal;
  /** milliseconds between comments that keep proxies from closing a silent connection; default 15 s */
  readonly pingMilliseconds?: number;
}

async function* encoded(events: AsyncIterable<ServerSentEvent>, options: EventStreamOptions): AsyncGenerator<string> {
  const { signal, pingMilliseconds = 15_000 } = options;
  const source = events[Symbol.asyncIterator]();
  let wake = () => {};
  let isPingDue = false;
  let arrived: IteratorResult<ServerSentEvent> | undefined;
  let failure: { readonly error: unknown } | undefined;
  const wakeUp = () => wake();
  const pull = () =>
    source.next().then(
      (result) => {
        arrived = result;
        wake();
      },
      (error) => {
        failure = { error };
        wake();
      },
    );
  const isIdle = () => arrived === undefined && failure === undefined && !isPingDue && !signal.aborted;
  const ping = setInterval(() => {
    isPingDue = true;
    wake();
  }, pingMilliseconds);
  signal.addEventListener('abort', wakeUp);
  try {
    yield ': open\n\n';
    void pull();
    while (!signal.aborted) {
      if (isIdle()) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if (failure !== undefined) throw (failure as { readonly error: unknown }).error;
      if (isPingDue) {
        isPingDue = false;
        yield ': ping\n\n';
      }
      const result = arrived as IteratorResult<ServerSentEvent> | undefined;
      if (result?.done === true) return;
      if (result !== undefined) {
        arrived = undefined;
        yield encodeEvent(result.value);
        void pull();
      }
    }
  } finally {
    clearInterval(ping);
    signal.removeEventListener('abort', wakeUp);
    // Not awaited: a source that waits for its next event returns only after that.
    Promise.resolve(source.return?.()).catch(() => {});
  }
}

/** The reply of a route that sends events until its source ends or its client goes. */
export function serverSentEvents(
  events: AsyncIterable<ServerSentEvent>,
  options: EventStreamOptions,
): { readonly headers: Readonly<Record<string, string>>; readonly stream: Chunks } {
  return {
    // Nginx buffers answers unless it is told not to.
    headers: { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' },
    stream: encoded(events, options),
  };
}
