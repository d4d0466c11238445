import { readConfig } from '../config/index.ts';
import { openPlatform } from './platform.ts';
import { runServices } from './run-services.ts';
import type { AnyService } from './service.ts';

/** Beyond the grace time, for closing files; then the process ends whatever is left. */
const lastResortMs = 5000;

/**
 * The whole life of a process that runs services: configuration from the environment, until SIGTERM or SIGINT.
 *
 * @param onReady called with the URL once requests are answered
 */
export async function runProcess(
  services: readonly AnyService[],
  onReady: (url: string) => void = () => undefined,
): Promise<void> {
  const config = readConfig(process.env);
  const platform = await openPlatform(config);
  const running = await runServices(services, platform);
  onReady(running.url);
  platform.log.info({ url: running.url, services: services.map(({ service }) => service) }, 'ready');
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
  platform.log.info('stopping');
  const cut = setTimeout(() => process.exit(1), config.SHUTDOWN_GRACE_SECONDS * 1000 + lastResortMs);
  await running.stop();
  await platform.close();
  clearTimeout(cut);
}
