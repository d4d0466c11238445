import { run } from '../run.ts';
import { type CaptureOptions, capturedTerminal } from './captured-terminal.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line in this process and returns what it wrote. */
export async function runCaptured(args: readonly string[], options: CaptureOptions = {}): Promise<Ran> {
  const terminal = capturedTerminal(options);
  const code = await run(args, terminal);
  return { code, ...terminal.written };
}
