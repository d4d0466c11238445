import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queueConformance } from '@bellwether/testkit/conformance';
import { openSqliteQueue } from './sqlite-queue.ts';

queueConformance(
  'SQLite queue',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bellwether-queue-'));
    const queue = openSqliteQueue({ file: join(folder, 'queue.sqlite'), maxReceives: 2 });
    const close = async () => {
      await queue.close();
      rmSync(folder, { recursive: true });
    };
    return { queue, name: 'one', otherName: 'two', close };
  },
  { lacks: { 'declared-queues': 'a queue exists once something is sent to it' } },
);
