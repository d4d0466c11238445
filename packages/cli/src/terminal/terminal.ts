/** Where text goes. */
export interface Screen {
  readonly isTTY: boolean;
  /** characters in a line */
  readonly columns: number;
  write(text: string): void;
}

export type StopSignal = 'SIGINT' | 'SIGTERM';

/** Everything that a command has of its surroundings, so that tests run commands as functions. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** results */
  readonly out: Screen;
  /** progress, notes and errors */
  readonly err: Screen;
  /** how this command line was begun, for examples that work when pasted */
  readonly invocation: string;
  /** standard input */
  input(): AsyncIterable<Uint8Array>;
  /** Calls back when the person wants to stop; returns what ends that. */
  onStop(listener: (signal: StopSignal) => void): () => void;
  /** Ends the process at once, for when stopping in order takes too long. */
  exit(code: number): void;
}
