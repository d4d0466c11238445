import type { CrashableProcess } from './crashable-process.ts';

/** The platform as processes that may be killed: one embedded, or five on LocalStack and MariaDB. */
export interface CrashablePlatform extends AsyncDisposable {
  /** where all routes answer */
  readonly url: string;
  readonly processes: readonly CrashableProcess[];
  readonly databaseUrl: string;
  /** keys of all objects */
  objects(): Promise<string[]>;
  /** what queues still hold, one line each */
  messagesLeft(): Promise<string[]>;
  /** files that no process may leave behind when it has ended */
  filesLeft(): Promise<string[]>;
}

export async function startAll({ processes }: CrashablePlatform, env?: Readonly<Record<string, string>>) {
  await Promise.all(processes.map((process) => process.start(env)));
}

/** Returns the exit codes, in the order of the processes. */
export async function stopAll({ processes }: CrashablePlatform): Promise<(number | null)[]> {
  return await Promise.all(processes.map((process) => process.stop()));
}
