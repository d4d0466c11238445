import { join } from 'node:path';
import { queueSpecs, type Service, services } from '@bellwether/contracts';
import { createS3Client, createSqsClient, openS3Store, openSqsQueue } from '@bellwether/platform';
import type { CrashablePlatform } from '../crash/crashable-platform.ts';
import { type CrashableProcess, crashableProcess } from '../crash/crashable-process.ts';
import { filesUnder } from '../crash/files-under.ts';
import { disableRule } from './disable-rule.ts';
import type { OwnStack } from './own-stack.ts';

export interface FiveProcesses extends CrashablePlatform {
  readonly byName: Readonly<Record<Service, CrashableProcess>>;
}

/** What build_infrastructure.sh deploys has these names, and services their defaults. */
const names = { prefix: 'bellwether-', bucket: 'bellwether', api: 'bellwether-platform' };

/** A lease that a killed process held ends soon, so that its message need not wait for half a minute. */
const impatient = { VISIBILITY_SECONDS: '3' };

/**
 * The five services as processes on a stack, as `host-up.sh --services` starts them: a folder and a port for each.
 * All routes answer at the API that `prepare` deploys with queues and bucket.
 */
export function fiveProcesses(
  stack: OwnStack,
  options: { readonly folder: string; readonly env?: Readonly<Record<string, string>> },
): FiveProcesses {
  const folderOf = (name: string) => join(options.folder, name);
  const processOf = (name: Service, index: number) => {
    const port = stack.firstServicePort + index;
    return crashableProcess({
      name,
      script: `services/${name}/src/main.ts`,
      port,
      env: {
        ...stack.env,
        DATA_DIR: folderOf(name),
        HOST: '127.0.0.1',
        PORT: String(port),
        ...impatient,
        ...options.env,
      },
      log: `${folderOf(name)}.log`,
    });
  };
  const processes = services.map(processOf);
  const peer = {
    region: 'us-east-1',
    endpoint: stack.env.AWS_ENDPOINT_URL as string,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const [sqs, s3] = [createSqsClient(peer), createS3Client(peer)];
  const queue = openSqsQueue({ client: sqs, prefix: names.prefix });
  const store = openS3Store({ client: s3, bucket: names.bucket });

  return {
    url: `${peer.endpoint}/restapis/${names.api}/test/_user_request_`,
    processes,
    byName: Object.fromEntries(processes.map((process) => [process.name, process])) as FiveProcesses['byName'],
    databaseUrl: stack.env.DATABASE_URL as string,
    prepare: stack.deploy,
    stopClock: () => disableRule(peer.endpoint, `${names.prefix}clock`),
    async objects() {
      const keys: string[] = [];
      for await (const { key } of store.list('')) keys.push(key);
      return keys;
    },
    async messagesLeft() {
      const counts = await Promise.all(queueSpecs().map(async ({ name }) => ({ name, ...(await queue.counts(name)) })));
      return counts
        .filter(({ visible, inFlight, delayed, dead }) => visible + inFlight + delayed + dead > 0)
        .map((count) => JSON.stringify(count));
    },
    async filesLeft() {
      const left = await Promise.all(services.map((name) => filesUnder(join(folderOf(name), 'work'))));
      return left.flat();
    },
    async [Symbol.asyncDispose]() {
      await queue.close();
      sqs.destroy();
      s3.destroy();
    },
  };
}
