import { randomBytes } from 'node:crypto';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  PutBucketNotificationConfigurationCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { DeleteQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { queueSpecs } from '@bellwether/contracts';
import { openDatabase } from '@bellwether/database';
import { createS3Client, createSqsClient, createSqsQueues, openS3Store } from '@bellwether/platform';
import { sql } from 'kysely';

/** Where the peers of a test run: LocalStack, and MySQL or MariaDB with a user that may create databases whose names begin with `bellwether`. */
export interface AwsPeers {
  readonly endpoint: string;
  /** `mysql://bellwether:bellwether@127.0.0.1:13306/bellwether` */
  readonly mysqlUrl: string;
}

export interface AwsEnvironment extends AsyncDisposable {
  /** configuration of a platform that has all of it to itself */
  readonly env: Record<string, string>;
  readonly credentials: { readonly AWS_ACCESS_KEY_ID: string; readonly AWS_SECRET_ACCESS_KEY: string };
}

const region = 'us-east-1';

/** Queues, a bucket that notifies, and a database under names of their own; all gone at the end of the scope. */
export async function awsEnvironment({ endpoint, mysqlUrl }: AwsPeers): Promise<AwsEnvironment> {
  // The local MariaDB lets its user make any database of this name.
  const name = `bellwether${randomBytes(5).toString('hex')}`;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const sqs = createSqsClient({ region, endpoint, credentials });
  const s3 = createS3Client({ region, endpoint, credentials });
  const urls = await createSqsQueues(sqs, queueSpecs(), { prefix: `${name}-`, visibilitySeconds: 30 });
  await createNotifyingBucket(s3, name, await arnOf(`${name}-ingest`));
  const admin = openDatabase(mysqlUrl);
  await sql`create database ${sql.id(name)} character set utf8mb4`.execute(admin.schema);

  async function arnOf(queue: string): Promise<string> {
    const QueueUrl = urls.get(queue);
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    return Attributes?.QueueArn ?? '';
  }

  return {
    env: {
      AWS_REGION: region,
      AWS_ENDPOINT_URL: endpoint,
      QUEUE: 'sqs',
      QUEUE_PREFIX: `${name}-`,
      OBJECT_STORE: 's3',
      S3_BUCKET: name,
      DATABASE_URL: new URL(`/${name}`, mysqlUrl).href,
    },
    credentials: { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey },
    async [Symbol.asyncDispose]() {
      const store = openS3Store({ client: s3, bucket: name });
      for await (const { key } of store.list('')) await store.delete(key);
      await s3.send(new DeleteBucketCommand({ Bucket: name }));
      for (const QueueUrl of urls.values()) await sqs.send(new DeleteQueueCommand({ QueueUrl }));
      await sql`drop database ${sql.id(name)}`.execute(admin.schema);
      await admin.close();
      s3.destroy();
      sqs.destroy();
    },
  };
}

async function createNotifyingBucket(s3: S3Client, bucket: string, queueArn: string): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: bucket,
      NotificationConfiguration: {
        QueueConfigurations: [
          {
            QueueArn: queueArn,
            Events: ['s3:ObjectCreated:*'],
            Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'uploads/' }] } },
          },
        ],
      },
    }),
  );
}
