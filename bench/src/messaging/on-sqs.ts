import { join } from 'node:path';
import { migrate, openDatabase } from '@bellwether/database';
import { createSqsClient, openSqsQueue } from '@bellwether/platform';
import { awsEnvironment } from '@bellwether/testkit/aws';
import { temporaryFolder } from '../temporary-folder.ts';
import type { Contestant } from './contestant.ts';
import { runJourneys } from './journeys.ts';
import type { LocalStack } from './local-stack.ts';

/** SQS queues of LocalStack with one of the two databases, fresh ones each round. */
export function onSqs(peers: LocalStack, database: 'MariaDB' | 'SQLite'): Contestant {
  return {
    name: `Bellwether, SQS + ${database}`,
    async run(load) {
      await using environment = await awsEnvironment(peers);
      using folder = temporaryFolder();
      const { AWS_REGION = '', QUEUE_PREFIX = '', DATABASE_URL = '' } = environment.env;
      const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment.credentials;
      const credentials = { accessKeyId, secretAccessKey };
      const client = createSqsClient({ region: AWS_REGION, endpoint: peers.endpoint, credentials });
      const rows = openDatabase(
        database === 'MariaDB' ? DATABASE_URL : `sqlite:${join(folder.path, 'bellwether.sqlite')}`,
      );
      const queue = openSqsQueue({ client, prefix: QUEUE_PREFIX });
      try {
        await migrate(rows);
        return await runJourneys({ database: rows, queue }, load);
      } finally {
        await queue.close();
        await rows.close();
        client.destroy();
      }
    },
  };
}
