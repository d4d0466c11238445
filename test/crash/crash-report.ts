import type { Dataset, Job } from '@bellwether/contracts';

/** What the clients of a crashing platform saw. */
export interface CrashReport {
  readonly jobs: readonly Job[];
  readonly datasets: readonly Dataset[];
  /** how often each process was killed */
  readonly kills: Readonly<Record<string, number>>;
  /** ids of all requests that were answered */
  readonly answered: readonly string[];
  /** ids of all requests in the log */
  readonly logged: ReadonlySet<string>;
  /** jobs that ended well and whose model did not predict */
  readonly unanswered: readonly string[];
}
