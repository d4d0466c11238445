/** A POST of the same JSON body over and over. */
export interface LoadRequest {
  readonly url: string;
  readonly body: string;
  /** every answer has to have exactly this body */
  readonly expectedBody: string;
  readonly connections: number;
  readonly seconds: number;
}

export interface LoadResult {
  /** answers with the expected body */
  readonly answers: number;
  /** those a second */
  readonly rate: number;
  /** milliseconds from the request's write to the whole answer, as the client sees it */
  readonly p50: number;
  readonly p99: number;
  /** non-2xx answers, other bodies, broken connections and timeouts */
  readonly faults: number;
  /** share of the time in which the load generator's own thread was at work: at 1 it is what limits */
  readonly busy: number;
}
