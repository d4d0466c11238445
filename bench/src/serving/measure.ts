import type { Settings } from '../benchmark.ts';
import { BenchmarkFailure } from '../failure.ts';
import type { LoadResult } from '../load/load.ts';
import type { LoadGenerator } from '../load/load-generator.ts';
import { cpuSeconds } from '../peers/cpu-seconds.ts';
import { bodyOf, type Contestant, predictionPath } from './contestant.ts';
import { sendJson } from './send-json.ts';

export interface Round extends LoadResult {
  /** processors that the server kept busy, all its threads; undefined where the system does not say */
  readonly serverCpu: number | undefined;
}

/**
 * Makes the function that gives one server its turn. Every answer is compared with one that was asked before.
 *
 * @param instance the row that is asked for, always the same
 */
export function turns(generator: LoadGenerator, { seconds, connections }: Settings, instance: readonly number[]) {
  const body = bodyOf(instance);

  /** @throws BenchmarkFailure `wrong-answer` on any answer that is not the expected one */
  return async ({ name, url, pid }: Contestant): Promise<Round> => {
    const target = url + predictionPath;
    const expectedBody = await sendJson('POST', target, body);
    const before = cpuSeconds(pid);
    const result = await generator.generate({ url: target, body, expectedBody, connections, seconds });
    const after = cpuSeconds(pid);
    if (result.faults > 0 || result.answers === 0) {
      throw new BenchmarkFailure('wrong-answer', `${name}: ${result.faults} faults beside ${result.answers} answers`);
    }
    const used = before === undefined || after === undefined ? undefined : after - before;
    return { ...result, serverCpu: used && (used * result.rate) / result.answers };
  };
}
