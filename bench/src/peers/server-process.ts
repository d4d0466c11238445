import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { BenchmarkFailure } from '../failure.ts';

export interface ServerCommand {
  /** for messages */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
}

const startMs = 60_000;
const stopMs = 10_000;
const keptErrorLines = 20;

/** Of the person's environment only this, so that no setting of theirs decides what is measured. */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'LANG'];

/**
 * Starts a server as a process of its own and waits for the line in which it says where it answers.
 *
 * @throws BenchmarkFailure `server-not-started` with the end of what it wrote to standard error
 */
export async function startServer({ name, command, args, env = {} }: ServerCommand): Promise<ServerProcess> {
  const own = Object.fromEntries(inherited.flatMap((key) => [[key, process.env[key]]]));
  const child = spawn(command, [...args], { env: { ...own, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = () => child.kill('SIGKILL');
  // Before any folder is removed in which it writes.
  process.prependOnceListener('exit', kill);
  const gone = once(child, 'exit').finally(() => process.off('exit', kill));

  const errors: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    errors.push(line);
    if (errors.length > keptErrorLines) errors.shift();
  });
  const notStarted = (why: string) =>
    new BenchmarkFailure('server-not-started', [`${name} ${why}`, ...errors].join('\n  '));

  const url = await Promise.race([
    announcedUrl(child.stdout),
    gone.then(
      ([code]) => notStarted(`ended with ${code}`),
      (error: Error) => notStarted(`cannot be run: ${error.message}`),
    ),
    pause(startMs, notStarted(`said nothing for ${startMs / 1000} s`), { ref: false }),
  ]);
  if (typeof url !== 'string') {
    kill();
    throw url;
  }
  return {
    url,
    pid: child.pid as number,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const cut = setTimeout(kill, stopMs);
      await gone;
      clearTimeout(cut);
    },
  };
}

/** The first URL on a standard output, which is read to its end: a full pipe would stop the server. */
function announcedUrl(output: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve) => {
    createInterface({ input: output }).on('line', (line) => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (url !== undefined) resolve(url);
    });
  });
}
