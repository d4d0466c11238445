import { BenchmarkFailure } from '../failure.ts';
import { largestDifference } from './agreement.ts';
import { bodyOf, type Contestant, predictionPath } from './contestant.ts';
import { sendJson } from './send-json.ts';

export interface Contestants {
  readonly bellwether: Contestant;
  readonly fastApi: Contestant;
  readonly express: Contestant;
}

/** Both are the same ridge regression; what is left is the order in which sums were rounded. */
const tolerance = 1e-6;

const ask = ({ url }: Contestant, instance: readonly number[]) =>
  sendJson('POST', url + predictionPath, bodyOf(instance));

/**
 * Checks that everybody answers sensibly: the two models alike, and the echo with what it was sent.
 *
 * @returns the largest relative difference between the models
 * @throws BenchmarkFailure `wrong-answer`
 */
export async function checkAnswers(
  { bellwether, fastApi, express }: Contestants,
  instances: readonly (readonly number[])[],
): Promise<number> {
  const ours: unknown[] = [];
  const theirs: unknown[] = [];
  for (const instance of instances) {
    ours.push(JSON.parse(await ask(bellwether, instance)).predictions[0]);
    theirs.push(JSON.parse(await ask(fastApi, instance)).predictions[0]);
    const echo = await ask(express, instance);
    if (echo !== bodyOf(instance)) throw new BenchmarkFailure('wrong-answer', `the echo says ${echo}`);
  }
  const difference = largestDifference(ours, theirs);
  if (difference <= tolerance) return difference;
  throw new BenchmarkFailure('wrong-answer', `predictions differ by ${difference}: ours ${ours}, theirs ${theirs}`);
}
