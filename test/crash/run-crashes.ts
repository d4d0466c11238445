import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '@bellwether/database';
import { eventually } from '@bellwether/testkit';
import { numbers } from '../platform/tables.ts';
import type { CrashReport } from './crash-report.ts';
import { type CrashablePlatform, startAll, stopAll } from './crashable-platform.ts';
import type { CrashableProcess } from './crashable-process.ts';
import { ended, settled } from './follow.ts';
import { type PersistentClient, persistentClient } from './persistent-client.ts';
import { namedObjects, readRemains } from './read-remains.ts';
import { submitAll } from './submit-jobs.ts';

export interface CrashPlan {
  readonly kills: number;
  readonly jobs: number;
  /** jobs under way at once */
  readonly inFlight: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

/** Longest pause between two kills, in milliseconds. */
const longestPause = 1500;
/** How long all that was accepted may take to end once nothing is killed any more. */
const patience = 180_000;

/**
 * Submits jobs while processes are killed at random moments and started again, then waits until all that was accepted
 * has ended, and sweeps. Nothing runs afterwards: what is left is for the caller to look at.
 */
export async function runCrashes(platform: CrashablePlatform, plan: CrashPlan): Promise<CrashReport> {
  const giveUp = new AbortController();
  const client = persistentClient(platform.url, 'crash', giveUp.signal);
  await startAll(platform);
  try {
    const submitting = submitAll(client, plan);
    const killing = killAtRandom(platform.processes, plan);
    killing.catch((error: unknown) => giveUp.abort(error));
    const [{ jobIds, datasetIds, unanswered }, kills] = await Promise.all([submitting, killing]);
    plan.say(`${jobIds.length} jobs submitted, all processes up`);
    const jobs = await Promise.all(jobIds.map((id) => ended(client, id, patience)));
    const datasets = await Promise.all(datasetIds.map((id) => settled(client, id, patience)));
    await allSettled(platform);
    const answered = client.answered.map(({ requestId }) => requestId);
    const logged = await allLogged(client);
    // Once more, with nothing too young to be swept.
    await stopAll(platform);
    await startAll(platform, { SWEEP_AFTER_SECONDS: '0' });
    await platform.stopClock();
    await allSwept(platform);
    await allSettled(platform);
    return { jobs, datasets, kills, answered, logged, unanswered };
  } finally {
    giveUp.abort();
    await stopAll(platform);
  }
}

/** Kills in rounds, each process once a round in a random order, so that none is spared. */
async function killAtRandom(processes: readonly CrashableProcess[], plan: CrashPlan): Promise<Record<string, number>> {
  const random = numbers(plan.seed);
  const kills: Record<string, number> = {};
  let round: CrashableProcess[] = [];
  for (let done = 0; done < plan.kills; done++) {
    if (round.length === 0) round = [...processes];
    const [victim] = round.splice(Math.floor(random() * round.length), 1);
    if (victim === undefined) break;
    await pause(random() * longestPause);
    await victim.kill();
    kills[victim.name] = (kills[victim.name] ?? 0) + 1;
    await victim.start();
    if ((done + 1) % 10 === 0) plan.say(`${done + 1} kills`);
  }
  return kills;
}

/** Every message handled or dead, and every copy of one gone from its queue. */
async function allSettled(platform: CrashablePlatform): Promise<void> {
  const database = openDatabase(platform.databaseUrl);
  try {
    const isSettled = async () => {
      const open = await database.read
        .selectFrom('outbox')
        .select('id')
        .where('state', 'in', ['pending', 'sent'])
        .limit(1)
        .execute();
      return open.length === 0 && (await platform.messagesLeft()).length === 0;
    };
    await eventually('all messages settled', () => slowly(isSettled), patience).catch(noted);
  } finally {
    await database.close();
  }
}

/** No object left that nothing names. */
async function allSwept(platform: CrashablePlatform): Promise<void> {
  const isSwept = async () => {
    const named = namedObjects(await readRemains(platform));
    return (await platform.objects()).every((key) => named.has(key));
  };
  await eventually('everything is swept', () => slowly(isSwept), 60_000).catch(noted);
}

/** What did not come in time is found among the faults, with its name. */
const noted = () => undefined;

async function slowly(ask: () => Promise<boolean>): Promise<boolean> {
  const answer = await ask();
  if (!answer) await pause(200);
  return answer;
}

async function allLogged(client: PersistentClient): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let cursor = ''; ; ) {
    const { body } = await client.call('GET', `/v1/requests?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`);
    const page = body as { requests: { id: string }[]; nextCursor?: string };
    for (const { id } of page.requests) ids.add(id);
    if (page.nextCursor === undefined) return ids;
    cursor = page.nextCursor;
  }
}
