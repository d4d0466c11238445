import { BenchmarkFailure } from '../failure.ts';
import { count } from '../report/figures.ts';

/**
 * Compares the request log with what was answered. When a round ends its connections are cut, so one request on each
 * may have been logged whose answer nobody read.
 *
 * @param cut how many connections were cut in all
 * @returns a sentence
 * @throws BenchmarkFailure `request-log-incomplete`
 */
export function checkLog(logged: number, answered: number, cut: number): string {
  const more = logged - answered;
  if (more < 0) throw new BenchmarkFailure('request-log-incomplete', `${-more} of ${answered} answers are not in it`);
  if (more > cut) throw new BenchmarkFailure('request-log-wrong', `${more} requests in it were never made`);
  return `The request log holds all ${count(answered)} answered predictions, and ${more} that were cut off at the end of a round.`;
}
