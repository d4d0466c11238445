import { type DeadLetterTable, openDatabase, type Tables } from '@bellwether/database';
import type { Selectable } from 'kysely';
import type { CrashablePlatform } from './crashable-platform.ts';

/** Everything that is there when all processes have ended. */
export interface Remains {
  readonly jobs: readonly Selectable<Tables['jobs']>[];
  readonly trials: readonly Selectable<Tables['trials']>[];
  readonly versions: readonly Selectable<Tables['model_versions']>[];
  readonly models: readonly Selectable<Tables['models']>[];
  readonly datasets: readonly Selectable<Tables['datasets']>[];
  readonly events: readonly Selectable<Tables['job_events']>[];
  readonly outbox: readonly Selectable<Tables['outbox']>[];
  readonly inbox: readonly Selectable<Tables['inbox']>[];
  readonly deadLetters: readonly DeadLetterTable[];
  /** keys */
  readonly objects: readonly string[];
  readonly messagesLeft: readonly string[];
  readonly filesLeft: readonly string[];
}

/** Looks at rows, objects, queues and folders, whatever they are kept in. */
export async function readRemains(platform: CrashablePlatform): Promise<Remains> {
  const database = openDatabase(platform.databaseUrl);
  try {
    const all = <T extends keyof Tables>(table: T) => database.read.selectFrom(table).selectAll().execute();
    return {
      jobs: (await all('jobs')) as Remains['jobs'],
      trials: (await all('trials')) as Remains['trials'],
      versions: (await all('model_versions')) as Remains['versions'],
      models: (await all('models')) as Remains['models'],
      datasets: (await all('datasets')) as Remains['datasets'],
      events: (await all('job_events')) as Remains['events'],
      outbox: (await all('outbox')) as Remains['outbox'],
      inbox: (await all('inbox')) as Remains['inbox'],
      deadLetters: (await all('dead_letters')) as Remains['deadLetters'],
      objects: await platform.objects(),
      messagesLeft: await platform.messagesLeft(),
      filesLeft: await platform.filesLeft(),
    };
  } finally {
    await database.close();
  }
}

/** Keys that rows name. */
export function namedObjects({ datasets, versions }: Pick<Remains, 'datasets' | 'versions'>): Set<string> {
  const keys = [
    ...datasets.flatMap(({ upload_key, data_key }) => [upload_key, data_key]),
    ...versions.map(({ artifact_key }) => artifact_key),
  ];
  return new Set(keys.filter((key) => key !== null));
}
