import { migrate, openDatabase } from '@bellwether/database';
import { createSqsClient, openSqsQueue } from '@bellwether/platform';
import { awsEnvironment } from '@bellwether/testkit/aws';
import type { Contestant } from './contestant.ts';
import { runJourneys } from './journeys.ts';
import type { LocalStack } from './local-stack.ts';

/** The services' own configuration on LocalStack: SQS queues and a MariaDB database, fresh ones each round. */
export function onSqs(peers: LocalStack): Contestant {
  return {
    name: 'Bellwether, SQS + MariaDB',
    async run(load) {
      await using environment = await awsEnvironment(peers);
      const { AWS_REGION = '', QUEUE_PREFIX = '', DATABASE_URL = '' } = environment.env;
      const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment.credentials;
      const credentials = { accessKeyId, secretAccessKey };
      const client = createSqsClient({ region: AWS_REGION, endpoint: peers.endpoint, credentials });
      const database = openDatabase(DATABASE_URL);
      const queue = openSqsQueue({ client, prefix: QUEUE_PREFIX });
      try {
        await migrate(database);
        return await runJourneys({ database, queue }, load);
      } finally {
        await queue.close();
        await database.close();
        client.destroy();
      }
    },
  };
}
