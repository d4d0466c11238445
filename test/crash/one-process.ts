import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { CrashablePlatform } from './crashable-platform.ts';
import { crashableProcess } from './crashable-process.ts';
import { filesUnder } from './files-under.ts';

/** `bellwether serve`: all services in one process, always on the same folder and port. */
export function oneProcess(folder: string, port: number): CrashablePlatform {
  const server = crashableProcess({
    name: 'serve',
    script: 'packages/cli/src/main.ts',
    args: ['serve', '--data-dir', folder, '--port', String(port)],
    port,
    env: {},
    log: join(folder, 'log'),
  });
  return {
    url: server.url,
    processes: [server],
    databaseUrl: `sqlite:${join(folder, 'bellwether.sqlite')}`,
    prepare: async () => undefined,
    // It looks each second what is due, and says nothing while nothing is.
    stopClock: async () => undefined,
    objects: () => filesUnder(join(folder, 'store', 'objects')),
    async messagesLeft() {
      using queue = new DatabaseSync(join(folder, 'queue.sqlite'), { readOnly: true });
      const rows = queue.prepare('select queue, id from messages').all() as { queue: string; id: string }[];
      return rows.map(({ queue: name, id }) => `${name} ${id}`);
    },
    async filesLeft() {
      const left = await Promise.all(['store/tmp', 'work'].map((name) => filesUnder(join(folder, name))));
      return left.flat();
    },
    async [Symbol.asyncDispose]() {},
  };
}
