import { relative } from 'node:path';
import type { Screen, StopSignal, Terminal } from './terminal.ts';

/**
 * Package managers pass a Ctrl-C on to a child that had it from the terminal already: two signals within this time are
 * one.
 */
const oneGestureMs = 300;
const exitCodes: Readonly<Record<StopSignal, number>> = { SIGINT: 130, SIGTERM: 143 };

/** The terminal of this process. The first Ctrl-C asks a command to stop, the second ends the process at once. */
export function processTerminal(): Terminal {
  endQuietlyOnClosedPipe();
  const listeners = new Set<(signal: StopSignal) => void>();
  let stoppedAt: number | undefined;

  function onSignal(signal: StopSignal): void {
    const now = performance.now();
    if (stoppedAt === undefined) {
      stoppedAt = now;
      for (const listener of listeners) listener(signal);
    } else if (now - stoppedAt > oneGestureMs) process.exit(exitCodes[signal]);
  }

  return {
    env: process.env,
    out: screen(process.stdout),
    err: screen(process.stderr),
    invocation: invocation(),
    input: () => process.stdin,
    onStop(listener) {
      if (listeners.size === 0) process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
      };
    },
    exit: (code) => process.exit(code),
  };
}

function screen(stream: NodeJS.WriteStream): Screen {
  return {
    get isTTY() {
      return stream.isTTY === true;
    },
    get columns() {
      // Some pseudo-terminals say 0.
      return stream.columns || 80;
    },
    write: (text) => stream.write(text),
  };
}

function invocation(): string {
  if (process.env.npm_lifecycle_event !== undefined) return 'npx --yes pnpm@12 bellwether';
  return `node ${relative(process.cwd(), process.argv[1] ?? '')}`;
}

/** `bellwether requests | head` closes our output early; that is no failure. */
function endQuietlyOnClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}
