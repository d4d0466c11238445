import { allServices } from '@bellwether/cli';
import { openPlatform, type Platform, type Queue, readConfig, runServices } from '@bellwether/platform';
import { temporaryFolder } from '@bellwether/testkit';
import { pino } from 'pino';

export interface TestPlatform extends AsyncDisposable {
  readonly url: string;
  readonly platform: Platform;
}

/** All five services in this process on a folder of their own; stopped at the end of the scope. */
export async function startPlatform(
  options: { readonly env?: Record<string, string>; readonly wrapQueue?: (queue: Queue) => Queue } = {},
): Promise<TestPlatform> {
  const folder = temporaryFolder();
  const env = { DATA_DIR: folder.path, PORT: '0', SHUTDOWN_GRACE_SECONDS: '2', ...options.env };
  const { wrapQueue } = options;
  const platform = await openPlatform(readConfig(env), {
    log: pino({ level: 'silent' }),
    ...(wrapQueue === undefined ? {} : { wrapQueue }),
  });
  const running = await runServices(allServices, platform);
  return {
    url: running.url,
    platform,
    async [Symbol.asyncDispose]() {
      await running.stop();
      await platform.close();
      folder[Symbol.dispose]();
    },
  };
}
