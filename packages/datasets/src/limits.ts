/** What one task of the child process may use. The task ends with a problem, not an exception, when it needs more. */
export interface Limits {
  /** from the assignment of the task to the answer */
  readonly wallMilliseconds: number;
  /** resident memory of the child as a whole; two thirds of it are DuckDB's */
  readonly memoryBytes: number;
  readonly rows: number;
  readonly columns: number;
  /** size of the uploaded file */
  readonly bytes: number;
}

export const defaultLimits: Limits = {
  wallMilliseconds: 300_000,
  memoryBytes: 880 * 2 ** 20,
  rows: 100_000_000,
  columns: 2_000,
  bytes: 5 * 2 ** 30,
};

/** Arguments of `node` that hold V8's heap within the limit; parsing keeps no rows in JavaScript, so that little does. */
export const heapArguments = ({ memoryBytes }: Pick<Limits, 'memoryBytes'>): string[] => [
  '--expose-gc',
  `--max-old-space-size=${Math.max(32, Math.floor(memoryBytes / 2 ** 20 / 6))}`,
];
