import { emit, flow, queueSpecs, type Received } from '@bellwether/contracts';
import { addJobEvent, type Database, type Tx } from '@bellwether/database';
import { createPerform, createRelay, exponentialBackoff, newId, type Queue, startConsumer } from '@bellwether/platform';
import { pino } from 'pino';
import { checkJourneys } from './check-journeys.ts';
import type { Load, Round } from './contestant.ts';
import { queueName } from './queue-name.ts';

const graceMs = 30_000;

/**
 * Messages that lead to the next message, many at once: each goes through the outbox to its queue, is received, handled
 * (its place in the inbox, one row and the next message in one transaction) and deleted. The clock stops when the last
 * one is deleted.
 *
 * @throws BenchmarkFailure `messages-lost` unless each message was handled once and nothing is left
 */
export async function runJourneys(deps: { database: Database; queue: Queue }, load: Load): Promise<Round> {
  const { database, queue } = deps;
  const log = pino({ level: 'warn' });
  const now = Date.now;
  const relay = createRelay({ database, queue, now, log });
  const perform = createPerform({ database, relay, now });
  const { promise: allEnded, resolve: endAll } = Promise.withResolvers<void>();
  const ended = new Set<string>();
  let messages = 0;

  const cpuBefore = process.cpuUsage();
  const begun = performance.now();
  const last = begun + 1000 * load.seconds;

  async function trialRequested(message: Received<{ readonly jobId: string; readonly trialId: string }>) {
    const { jobId, trialId } = message.body;
    const goesOn = performance.now() < last && messages < load.messages;
    messages++;
    return async (tx: Tx) => {
      await addJobEvent(tx, {
        message_id: message.id,
        job_id: jobId,
        tenant_id: message.tenantId,
        type: message.type,
        at: now(),
        body: JSON.stringify(message.body),
      });
      if (goesOn) return [emit(flow.trialRequested, { jobId, trialId: String(Number(trialId) + 1) }, { jobId })];
      if (ended.add(jobId).size === load.waiting) endAll();
      return [];
    };
  }

  const spec = queueSpecs().find(({ name }) => name === queueName);
  if (spec === undefined) throw new Error(`the flow has no queue ${queueName}`);
  const consumer = startConsumer({
    ...{ spec, handlers: { trialRequested } as never, deps: {}, queue, database, perform, log, now, newId },
    visibilitySeconds: 30,
    clientTenant: 'bench',
    maxAttempts: 5,
    backoffSeconds: exponentialBackoff,
    concurrency: load.inFlight,
  });
  await Promise.all(
    Array.from({ length: load.waiting }, async (_, chain) => {
      const jobId = newId('job');
      const first = emit(flow.trialRequested, { jobId, trialId: '0' }, { jobId });
      await perform({ id: `chain-${chain}-${jobId}`, tenantId: 'bench' }, async () => ({
        result: undefined,
        messages: [first],
      }));
    }),
  );
  await allEnded;
  await consumer.stop(graceMs);
  await relay.flush();
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  await checkJourneys(deps, messages);
  return { messages, seconds, rate: messages / seconds, cpu: (user + system) / 1e6 };
}
