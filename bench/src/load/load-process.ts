import { performance } from 'node:perf_hooks';
import autocannon, { type Result } from 'autocannon';
import { percentile } from '../statistics/statistics.ts';
import type { LoadRequest, LoadResult } from './load.ts';

/**
 * The load generator: a process of its own, so that it shares a thread neither with a server nor with the benchmark. It
 * lives as long as the benchmark, so that its code is compiled once and not anew in every round.
 */

/** One look a second, the default, would make every run up to a second longer than was asked. */
const sampleMs = 50;

function generate({ url, body, expectedBody, connections, seconds }: LoadRequest): Promise<LoadResult> {
  const durations: number[] = [];
  return new Promise((resolve, reject) => {
    const utilization = performance.eventLoopUtilization();
    const started = performance.now();
    const done = (error: Error | null, result: Result) => {
      if (error !== null) return reject(error);
      const elapsed = (performance.now() - started) / 1000;
      const busy = performance.eventLoopUtilization(utilization).utilization;
      const sorted = Float64Array.from(durations).sort();
      const answers = result['2xx'] - result.mismatches;
      const faults = result.non2xx + result.errors + result.mismatches;
      const latencies = sorted.length === 0 ? [0, 0] : [percentile(sorted, 0.5), percentile(sorted, 0.99)];
      const [p50 = 0, p99 = 0] = latencies;
      resolve({ answers, rate: answers / elapsed, p50, p99, faults, busy });
    };
    const instance = autocannon(
      {
        url,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        expectBody: expectedBody,
        connections,
        duration: seconds,
        sampleInt: sampleMs,
      },
      done,
    );
    // Its own histogram knows whole milliseconds only, of which most answers here take none.
    instance.on('response', (_client, _status, _bytes, milliseconds) => durations.push(milliseconds));
  });
}

process.on('message', async (request: LoadRequest) => {
  process.send?.(await generate(request));
});
process.once('disconnect', () => process.exit());
