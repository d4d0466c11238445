import type { Screen, StopSignal, Terminal } from '../terminal/terminal.ts';

export interface CapturedTerminal extends Terminal {
  /** all that was written so far */
  readonly written: { readonly out: string; readonly err: string };
  /** What Ctrl-C does. */
  stop(signal: StopSignal): void;
}

export interface CaptureOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly input?: string;
  /** called after each text that is written */
  readonly onWrite?: (text: string, terminal: CapturedTerminal) => void;
}

/** A terminal that keeps what is written. */
export function capturedTerminal(options: CaptureOptions = {}): CapturedTerminal {
  const { env = {}, isTTY = false, columns = 200, input = '', onWrite = () => undefined } = options;
  const written = { out: '', err: '' };
  const listeners = new Set<(signal: StopSignal) => void>();
  const screen = (name: 'out' | 'err'): Screen => ({
    isTTY,
    columns,
    write(text) {
      written[name] += text;
      onWrite(text, terminal);
    },
  });
  const terminal: CapturedTerminal = {
    env,
    out: screen('out'),
    err: screen('err'),
    invocation: 'bellwether',
    written,
    async *input() {
      yield new TextEncoder().encode(input);
    },
    onStop(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop(signal) {
      for (const listener of listeners) listener(signal);
    },
    exit: (code) => {
      throw new Error(`exit(${code}) was not expected`);
    },
  };
  return terminal;
}
