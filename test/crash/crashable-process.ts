import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type FileHandle, open } from 'node:fs/promises';
import { eventually } from '@bellwether/testkit';

export interface CrashableProcess {
  readonly name: string;
  /** where it listens: `http://127.0.0.1:8081` */
  readonly url: string;
  /** Starts it and waits until it answers. */
  start(env?: Readonly<Record<string, string>>): Promise<void>;
  /** `kill -9`, and waits until the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM, and waits until the process has drained. Returns its exit code: 1 when it had to be cut off. */
  stop(): Promise<number | null>;
}

export interface ProcessOptions {
  readonly name: string;
  /** of the repository: `services/ingest/src/main.ts` */
  readonly script: string;
  readonly args?: readonly string[];
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  /** file to which its log lines are appended */
  readonly log: string;
}

const root = new URL('../..', import.meta.url).pathname;

/** A program of ours as a process that a test owns, always on the same port. */
export function crashableProcess(options: ProcessOptions): CrashableProcess {
  const { name, script, args = [], port, env, log } = options;
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (child === undefined) return null;
    const ending = child;
    child = undefined;
    if (ending.exitCode !== null || ending.signalCode !== null) return ending.exitCode;
    const gone = once(ending, 'exit');
    ending.kill(signal);
    const [code] = await gone;
    return code as number | null;
  }

  async function spawned(extra: Readonly<Record<string, string>>): Promise<ChildProcess> {
    const file: FileHandle = await open(log, 'a');
    const started = spawn(process.execPath, [root + script, ...args], {
      env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'warn', ...env, ...extra },
      stdio: ['ignore', file.fd, file.fd],
    });
    await file.close();
    return started;
  }

  return {
    name,
    url,
    async start(extra = {}) {
      if (await answers(url)) throw new Error(`somebody else answers at ${url}`);
      const started = await spawned(extra);
      child = started;
      await eventually(
        `${name} answers`,
        async () => {
          if (started.exitCode !== null) throw new Error(`${name} ended with ${started.exitCode}; its log is ${log}`);
          return await answers(url);
        },
        60_000,
      );
    },
    async kill() {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(`${url}/healthz`).catch(() => undefined);
  await response?.body?.cancel();
  return response?.ok === true;
}
