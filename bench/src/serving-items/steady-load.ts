/** GETs of several paths in turn, at a rate that does not wait for answers, or as fast as they come. */
export interface SteadyLoad {
  /** scheme and host */
  readonly url: string;
  /** paths with the body that each has to answer */
  readonly expected: readonly (readonly [path: string, body: string])[];
  /** requests a second; absent: each connection asks again as soon as it has an answer */
  readonly rate?: number | undefined;
  readonly connections: number;
  readonly seconds: number;
}

export interface SteadyResult {
  /** answers with the expected body */
  readonly answers: number;
  /** those a second */
  readonly rate: number;
  /** milliseconds from when a request was due to its whole answer: what waits for a free connection waits too */
  readonly p50: number;
  readonly p99: number;
  /** other statuses and bodies, broken connections, and requests that were due and not sent before the end */
  readonly faults: number;
  /** share of the time in which the load generator's own thread was at work */
  readonly busy: number;
}
