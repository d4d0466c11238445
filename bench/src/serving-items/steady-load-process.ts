import { Agent, get } from 'node:http';
import { performance } from 'node:perf_hooks';
import { percentile } from '../statistics/statistics.ts';
import type { SteadyLoad, SteadyResult } from './steady-load.ts';

/** The load generator of items: a process of its own, so that it shares a thread neither with a server nor the benchmark. */

/** Whatever a server does, a round ends: what is not answered by then is a fault. */
const graceMs = 10_000;

/** @returns whether the answer was the expected one */
function ask(url: string, body: string, agent: Agent): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent, timeout: graceMs }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.once('end', () => resolve(response.statusCode === 200 && text === body));
      response.once('error', () => resolve(false));
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}

async function generate({ url, expected, rate, connections, seconds }: SteadyLoad): Promise<SteadyResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const durations: number[] = [];
  let [sent, faults] = [0, 0];
  const one = async (): Promise<void> => {
    const [path, body] = expected[sent++ % expected.length] ?? ['', ''];
    const due = performance.now();
    if (await ask(url + path, body, agent)) durations.push(performance.now() - due);
    else faults++;
  };
  const utilization = performance.eventLoopUtilization();
  const started = performance.now();
  const end = started + seconds * 1000;
  if (rate === undefined) {
    const loop = async () => {
      while (performance.now() < end) await one();
    };
    await Promise.all(Array.from({ length: connections }, loop));
  } else {
    const total = Math.floor(rate * seconds);
    const all: Promise<void>[] = [];
    while (sent < total && performance.now() < end + graceMs) {
      const due = Math.min(total, Math.floor(((performance.now() - started) * rate) / 1000) + 1);
      while (sent < due) all.push(one());
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    faults += total - sent;
    await Promise.all(all);
  }
  const elapsed = (performance.now() - started) / 1000;
  const busy = performance.eventLoopUtilization(utilization).utilization;
  agent.destroy();
  const sorted = Float64Array.from(durations).sort();
  const [p50 = 0, p99 = 0] = sorted.length === 0 ? [] : [percentile(sorted, 0.5), percentile(sorted, 0.99)];
  return { answers: durations.length, rate: durations.length / elapsed, p50, p99, faults, busy };
}

process.on('message', async (load: SteadyLoad) => {
  process.send?.(await generate(load));
});
process.once('disconnect', () => process.exit());
