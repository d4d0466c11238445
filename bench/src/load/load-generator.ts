import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { BenchmarkFailure } from '../failure.ts';
import type { LoadRequest, LoadResult } from './load.ts';

export interface LoadGenerator extends AsyncDisposable {
  /** Sends requests on all connections, each as soon as the one before is answered. One call at a time. */
  generate(request: LoadRequest): Promise<LoadResult>;
}

/** Starts the load generator's process. */
export function startLoadGenerator(): LoadGenerator {
  const child = fork(fileURLToPath(new URL('./load-process.ts', import.meta.url)));
  const died = once(child, 'exit').then(([code]) => {
    throw new BenchmarkFailure('load-generator-died', `the load generator ended with ${code}`);
  });
  died.catch(() => undefined); // expected at the end
  return {
    async generate(request) {
      child.send(request);
      const [result] = await Promise.race([once(child, 'message'), died]);
      return result as LoadResult;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}
