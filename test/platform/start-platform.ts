import { allServices } from '@bellwether/cli';
import { openPlatform, type Platform, type Queue, readConfig, runServices } from '@bellwether/platform';
import { temporaryFolder } from '@bellwether/testkit';
import { pino } from 'pino';

export interface TestPlatform extends AsyncDisposable {
  readonly url: string;
  readonly platform: Platform;
}

interface Options {
  readonly env?: Record<string, string>;
  readonly wrapQueue?: (queue: Queue) => Queue;
}

/**
 * All five services in this process, with everything to themselves; stopped at the end of the scope. `TEST_RUNTIME=aws`
 * puts them on SQS, S3 and MySQL (`AWS_ENDPOINT_URL`, `TEST_MYSQL_URL`) instead of a folder: the tests are the same.
 */
export async function startPlatform({ env = {}, wrapQueue }: Options = {}): Promise<TestPlatform> {
  const folder = temporaryFolder();
  const runtime = await runtimeOfTests();
  const config = readConfig({
    DATA_DIR: folder.path,
    PORT: '0',
    SHUTDOWN_GRACE_SECONDS: '2',
    ...runtime?.env,
    ...env,
  });
  // The SDK reads its credentials from the environment and nowhere else.
  Object.assign(process.env, runtime?.credentials);
  const platform = await openPlatform(config, {
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
      await runtime?.[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

async function runtimeOfTests() {
  if (process.env.TEST_RUNTIME !== 'aws') return undefined;
  const { AWS_ENDPOINT_URL: endpoint, TEST_MYSQL_URL: mysqlUrl } = process.env;
  if (endpoint === undefined || mysqlUrl === undefined) {
    throw new Error('TEST_RUNTIME=aws needs AWS_ENDPOINT_URL and TEST_MYSQL_URL: localstack/host-up.sh starts both');
  }
  // Only here: the SDK takes a second to load, which tests on a folder need not pay.
  const { awsEnvironment } = await import('@bellwether/testkit/aws');
  return await awsEnvironment({ endpoint, mysqlUrl });
}
