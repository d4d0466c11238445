import { setTimeout as pause } from 'node:timers/promises';
import { type Client, createClient } from '../client/client.ts';
import { CommandFailure, codeOf } from '../failure.ts';
import type { Screen, Terminal } from '../terminal/terminal.ts';
import { type Environment, environmentFor } from './environment.ts';

export interface ConnectionOptions {
  readonly url?: string;
  readonly user?: string;
  readonly dataDir?: string;
}

export interface Connection {
  readonly client: Client;
  close(): Promise<void>;
}

interface Server {
  readonly url: string;
  readonly isOwn: boolean;
  stop(): Promise<void>;
}

/** A process that has the folder needs this long at most to say where it answers, or to let go of it. */
const attempts = 50;
const pauseMs = 100;

/**
 * A client of the server that the options or the environment name; without one, of a platform that runs in this process
 * on the data folder, or of the server that has that folder already.
 *
 * @throws DataFolderInUse when whoever has the folder does not answer; ConfigError
 */
export async function connect(terminal: Terminal, options: ConnectionOptions): Promise<Connection> {
  const { env } = terminal;
  const identity = { apiKey: env.BELLWETHER_API_KEY, user: options.user ?? env.BELLWETHER_USER };
  // A folder that was named on the command line is meant, whatever the environment says.
  const url = options.url ?? (options.dataDir === undefined ? env.BELLWETHER_URL : undefined);
  if (url) return { client: createClient({ url: checkedUrl(url), ...identity }), close: async () => undefined };

  const environment = environmentFor(terminal, options);
  let server = await openOrAttach(environment, terminal.err);
  const recover = async () => {
    // Nobody else can have taken the place of our own server.
    if (server.isOwn) return undefined;
    server = await openOrAttach(environment, terminal.err);
    return server.url;
  };
  return { client: createClient({ url: server.url, ...identity, recover }), close: () => server.stop() };
}

async function openOrAttach(environment: Environment, log: Pick<Screen, 'write'>): Promise<Server> {
  // Loaded only here: commands that talk to a server elsewhere start in a third of the time without.
  const [{ readConfig }, { openEmbedded, reachable }] = await Promise.all([
    import('@bellwether/platform'),
    import('./embedded.ts'),
  ]);
  const config = readConfig({
    ...environment,
    HOST: '127.0.0.1',
    PORT: '0',
    // Signed URLs must lead to this process, not to the server whose environment this may be.
    PUBLIC_URL: undefined,
    // Work that others left in the folder goes on in the next process that has it.
    SHUTDOWN_GRACE_SECONDS: '1',
  });
  for (let attempt = 1; ; attempt++) {
    try {
      return { ...(await openEmbedded(config, log)), isOwn: true };
    } catch (error) {
      if (codeOf(error) !== 'data-folder-in-use') throw error;
      const { url } = error as { url?: string };
      if (url !== undefined && (await answers(reachable(url)))) {
        return { url: reachable(url), isOwn: false, stop: async () => undefined };
      }
      if (attempt === attempts) throw error;
      await pause(pauseMs);
    }
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function checkedUrl(url: string): string {
  const parsed = URL.parse(url);
  if (parsed !== null && /^https?:$/.test(parsed.protocol)) return url;
  throw new CommandFailure('bad-url', `${url} is no address of a server.`, {
    cure: 'Give one such as http://127.0.0.1:8080.',
    exitCode: 2,
  });
}
