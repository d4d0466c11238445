import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Database, migrate, openDatabase } from '@bellwether/database';
import { type Logger, pino } from 'pino';
import type { Config } from '../config/variables.ts';
import type { Mount } from '../http/index.ts';
import type { ObjectStore } from '../object-store/index.ts';
import { createPerform, type Perform } from '../outbox/perform.ts';
import { createRelay, type Relay } from '../outbox/relay.ts';
import type { Queue } from '../queue/index.ts';
import { openDatabaseRequestLog, openSqliteRequestLog, type RequestLog } from '../request-log/index.ts';
import { type DataFolder, takeDataFolder } from './data-folder.ts';
import { newId } from './ids.ts';
import { openObjectStore } from './open-object-store.ts';
import { openQueue } from './open-queue.ts';

/** Everything with an effect that services share: which implementations these are, the configuration decides. */
export interface Platform {
  readonly config: Config;
  readonly database: Database;
  readonly queue: Queue;
  readonly store: ObjectStore;
  readonly requestLog: RequestLog;
  readonly relay: Relay;
  readonly perform: Perform;
  readonly log: Logger;
  /** milliseconds since the epoch */
  readonly now: () => number;
  readonly newId: (prefix: string) => string;
  /** A fresh folder for a service's files in work, emptied with each start. */
  workFolder(service: string): Promise<string>;
  /** HTTP that the object store needs on our own port */
  readonly mounts: readonly Mount[];
  readonly dataFolder: DataFolder;
  /** To be called once it is known where this process answers: signed URLs and later commands need it. */
  announce(url: string): void;
  close(): Promise<void>;
}

export interface PlatformOptions {
  readonly log?: Logger;
  readonly wrapQueue?: (queue: Queue) => Queue;
}

/**
 * Opens database, queue, object store and request log as configured, with the newest schema.
 *
 * @param options.log for embedding; by default JSON lines on standard output
 * @param options.wrapQueue puts another queue in front of the configured one, such as one that delivers twice
 * @throws DataFolderInUse, ConfigError, or what the first unusable one says
 */
export async function openPlatform(config: Config, options: PlatformOptions = {}): Promise<Platform> {
  const log = options.log ?? pino({ level: config.LOG_LEVEL });
  const now = Date.now;
  const dataFolder = takeDataFolder(config.DATA_DIR);
  const inFolder = (name: string) => join(config.DATA_DIR, name);
  const database = openDatabase(config.DATABASE_URL ?? `sqlite:${inFolder('bellwether.sqlite')}`, config.DURABILITY);
  await migrate(database);
  const { wrapQueue = (inner: Queue) => inner } = options;
  const queue = wrapQueue(openQueue(config));
  const opened = await openObjectStore(config, { queue, log, now });
  const maxRows = config.REQUEST_LOG_ROWS;
  // Several processes share a MySQL database, and metrics reads what each of them logged.
  const requestLog =
    database.dialect === 'mysql'
      ? openDatabaseRequestLog({ database, maxRows })
      : openSqliteRequestLog({ path: inFolder('requests.sqlite'), durability: config.DURABILITY, maxRows });
  const relay = createRelay({ database, queue, now, log });
  const work = inFolder('work');
  await rm(work, { recursive: true, force: true });

  return {
    config,
    database,
    queue,
    store: opened.store,
    requestLog,
    relay,
    perform: createPerform({ database, relay, now }),
    log,
    now,
    newId,
    async workFolder(service) {
      await mkdir(work, { recursive: true });
      return await mkdtemp(join(work, `${service}-`));
    },
    mounts: opened.mounts,
    dataFolder,
    announce(url) {
      opened.announce(url);
      dataFolder.announce(url);
    },
    async close() {
      await relay.flush();
      await queue.close();
      await opened.store.close();
      await requestLog.close();
      await database.close();
      await rm(work, { recursive: true, force: true });
      dataFolder.release();
    },
  };
}
