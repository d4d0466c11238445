/** How much is measured; each benchmark has its own defaults. */
export interface Settings {
  readonly rounds: number;
  /** of load, each peer and round */
  readonly seconds: number;
  /** kept open side by side, one request at a time on each */
  readonly connections: number;
}

/** One benchmark: us and our peers, in turn, in one run. */
export interface Benchmark {
  readonly name: string;
  /** one line, for the list */
  readonly summary: string;
  readonly defaults: Settings;
  /**
   * Prepares the peers, measures and prints. Speed never fails it.
   *
   * @param print writes one line
   * @throws BenchmarkFailure on a wrong answer or an error, or when a peer cannot be set up
   */
  run(settings: Settings, print: (line: string) => void): Promise<void>;
}
