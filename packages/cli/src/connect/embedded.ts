import { type Config, openPlatform, runServices } from '@bellwether/platform';
import { pino } from 'pino';
import { allServices } from '../services.ts';
import type { Screen } from '../terminal/terminal.ts';

/** All five services in this process. */
export interface Embedded {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Opens the platform and runs all five services in this process; its log goes to `log`, since standard output belongs
 * to results.
 *
 * @throws DataFolderInUse, or what the first thing that cannot be opened says
 */
export async function openEmbedded(config: Config, log: Pick<Screen, 'write'>): Promise<Embedded> {
  const platform = await openPlatform(config, { log: pino({ level: config.LOG_LEVEL }, log) });
  try {
    const running = await runServices(allServices, platform);
    return {
      url: reachable(running.url),
      async stop() {
        await running.stop();
        await platform.close();
      },
    };
  } catch (error) {
    await platform.close();
    throw error;
  }
}

/** A server that listens on every address is reached here by loopback, which is also what AUTH=none lets in. */
export function reachable(url: string): string {
  return url.replace('://0.0.0.0', '://127.0.0.1').replace('://[::]', '://[::1]');
}
