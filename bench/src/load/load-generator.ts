import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { BenchmarkFailure } from '../failure.ts';
import type { LoadRequest, LoadResult } from './load.ts';

export interface LoadGenerator<Request = LoadRequest, Result = LoadResult> extends AsyncDisposable {
  /** Sends what is asked for and measures. One call at a time. */
  generate(request: Request): Promise<Result>;
}

const closedLoop = fileURLToPath(new URL('./load-process.ts', import.meta.url));

/**
 * Starts a load generator's process.
 *
 * @param program default: sends requests on all connections, each as soon as the one before is answered
 */
export function startLoadGenerator<Request extends object = LoadRequest, Result = LoadResult>(
  program = closedLoop,
): LoadGenerator<Request, Result> {
  const child = fork(program);
  const died = once(child, 'exit').then(([code]) => {
    throw new BenchmarkFailure('load-generator-died', `the load generator ended with ${code}`);
  });
  died.catch(() => undefined); // expected at the end
  return {
    async generate(request) {
      child.send(request);
      const [result] = await Promise.race([once(child, 'message'), died]);
      return result as Result;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}
