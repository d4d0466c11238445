import { eventually } from '@bellwether/testkit';
import type { CrashableProcess } from './crashable-process.ts';

/** The platform as processes that may be killed: one embedded, or five on LocalStack and MariaDB. */
export interface CrashablePlatform extends AsyncDisposable {
  /** where all routes answer */
  readonly url: string;
  readonly processes: readonly CrashableProcess[];
  readonly databaseUrl: string;
  /** Makes what processes need and do not make themselves; they may run already. */
  prepare(): Promise<void>;
  /** Ends ticks of the clock: one that comes while processes stop would be taken for a message that was lost. */
  stopClock(): Promise<void>;
  /** keys of all objects */
  objects(): Promise<string[]>;
  /** what queues still hold, one line each */
  messagesLeft(): Promise<string[]>;
  /** files that no process may leave behind when it has ended */
  filesLeft(): Promise<string[]>;
}

/** Starts all processes, and waits until all are ready. */
export async function startAll(platform: CrashablePlatform, env?: Readonly<Record<string, string>>): Promise<void> {
  await Promise.all([platform.prepare(), ...platform.processes.map((process) => process.start(env))]);
  await allReady(platform);
}

export async function allReady(platform: CrashablePlatform): Promise<void> {
  await eventually('all are ready', async () => Object.keys(await notReady(platform)).length === 0, 60_000);
}

/** What is wrong with each process that is not ready, by the names of its checks: `{ingest: {'queue ingest': 'queue-not-found'}}`. */
export async function notReady({ processes }: CrashablePlatform): Promise<Record<string, Record<string, string>>> {
  const answers = await Promise.all(
    processes.map(async ({ name, url }) => {
      const response = await fetch(`${url}/readyz`);
      const { checks } = (await response.json()) as { checks: { name: string; ready: boolean; code?: string }[] };
      const failed = checks.filter(({ ready }) => !ready);
      return [name, Object.fromEntries(failed.map((check) => [check.name, check.code ?? 'unknown']))] as const;
    }),
  );
  return Object.fromEntries(answers.filter(([, failed]) => Object.keys(failed).length > 0));
}

/** Returns the exit codes, in the order of the processes. */
export async function stopAll({ processes }: CrashablePlatform): Promise<(number | null)[]> {
  return await Promise.all(processes.map((process) => process.stop()));
}
