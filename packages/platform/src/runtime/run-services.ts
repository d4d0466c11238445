import { type QueueSpec, queueSpecs, type Service } from '@bellwether/contracts';
import { findApiKey, type Tx } from '@bellwether/database';
import { keyAuthentication, openAuthentication } from '../auth/index.ts';
import type { Config } from '../config/variables.ts';
import { type Consumer, exponentialBackoff, startConsumer } from '../consume/index.ts';
import { bindRoutes, createApp, type Listening, listen, type Readiness } from '../http/index.ts';
import { createReconciler } from '../outbox/reconciler.ts';
import { createAccept } from './accept.ts';
import type { Platform } from './platform.ts';
import type { AnyService, OpenService, PeriodicTask } from './service.ts';
import { startTasks } from './tasks.ts';

export interface RunningServices {
  readonly url: string;
  /** Takes no more requests and messages, finishes what is in flight within the grace time, returns the rest. */
  stop(): Promise<void>;
}

/** Runs one service or all of them in this process: its routes on one port, its queues, its work by the clock. */
export async function runServices(services: readonly AnyService[], platform: Platform): Promise<RunningServices> {
  const { config, database, relay, log, now } = platform;
  const open = new Map<AnyService, OpenService<unknown>>();
  for (const service of services) open.set(service, await service.open(platform));

  const names = new Set<Service>(services.map(({ service }) => service));
  const specs = queueSpecs().filter(({ service }) => names.has(service));
  const reconciler = createReconciler(
    { database, relay, log },
    { queues: specs.map(({ name }) => name), publishAfter: 5000, resendAfter: config.RESEND_AFTER_SECONDS * 1000 },
  );

  const listening = await serve(services, open, specs, platform);
  platform.announce(config.PUBLIC_URL ?? listening.url);
  await reconciler.reconcile(now(), { atStart: true });
  const consumers = services.flatMap((service) => consume(service, open.get(service)?.deps, specs, platform));
  const tasks = startTasks(
    [
      { name: 'reconcile', everySeconds: reconcileEvery(config), run: (at) => reconciler.reconcile(at) },
      ...[...open.values()].flatMap((service): readonly PeriodicTask[] => service.tasks ?? []),
    ],
    now,
    log,
  );

  return {
    url: listening.url,
    async stop() {
      const grace = config.SHUTDOWN_GRACE_SECONDS * 1000;
      await Promise.all([listening.close(grace), tasks.stop(), ...consumers.map((consumer) => consumer.stop(grace))]);
      for (const service of open.values()) await service.close?.();
    },
  };
}

function reconcileEvery({ RESEND_AFTER_SECONDS }: Config): number {
  return Math.min(5, RESEND_AFTER_SECONDS);
}

async function serve(
  services: readonly AnyService[],
  open: ReadonlyMap<AnyService, OpenService<unknown>>,
  specs: readonly QueueSpec[],
  platform: Platform,
): Promise<Listening> {
  const { config, database, queue, store, requestLog, perform, now, log, mounts } = platform;
  const readiness: Readiness = {
    database: () => database.read.selectFrom('inbox').select('queue').limit(1).execute(),
    'object store': () => store.check(),
    ...Object.fromEntries(specs.map(({ name }) => [`queue ${name}`, () => queue.check(name)])),
  };
  const app = createApp<Tx>({
    services: services.map((service) => bindRoutes(service.service, service.routes as never, open.get(service)?.deps)),
    accept: createAccept(perform, now),
    authentication: authentication(platform),
    requestLog,
    logger: log,
    limits: { bodyBytes: config.BODY_LIMIT_BYTES, loggedCharacters: config.REQUEST_LOG_BODY_BYTES },
    readiness,
    mounts,
    ...(config.PUBLIC_URL === undefined ? {} : { publicUrl: config.PUBLIC_URL }),
  });
  return await listen(app, { host: config.HOST, port: config.PORT });
}

function authentication({ config, database }: Platform) {
  if (config.AUTH === 'none') {
    return openAuthentication({
      boundTo: config.HOST,
      allowInsecure: config.ALLOW_INSECURE,
      publicHosts: config.PUBLIC_HOSTS.split(',').filter((host) => host !== ''),
    });
  }
  return keyAuthentication({
    findKey: async (hash) => {
      const row = await findApiKey(database.read, hash);
      return row && { tenantId: row.tenant_id };
    },
  });
}

function consume(service: AnyService, deps: unknown, specs: readonly QueueSpec[], platform: Platform): Consumer[] {
  const { config, queue, database, perform, log, now, newId } = platform;
  return specs
    .filter((spec) => spec.service === service.service)
    .map((spec) =>
      startConsumer({
        spec,
        handlers: service.handlers as Parameters<typeof startConsumer>[0]['handlers'],
        deps,
        queue,
        database,
        perform,
        log,
        now,
        newId,
        visibilitySeconds: config.VISIBILITY_SECONDS,
        clientTenant: config.PIPELINE_TENANT,
        maxAttempts: config.MAX_ATTEMPTS,
        backoffSeconds: exponentialBackoff,
        concurrency: service.concurrency?.(spec, config) ?? config.CONCURRENCY,
      }),
    );
}
