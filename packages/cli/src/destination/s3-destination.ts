import { createReadStream } from 'node:fs';
import { createS3Client, openS3Store } from '@bellwether/platform';
import type { Destination } from './destination.ts';

/**
 * A prefix of a bucket, with the credentials that the AWS SDK finds.
 *
 * @param prefix without slashes at its ends; empty: the whole bucket
 * @throws the store's error when the bucket cannot be reached
 */
export async function s3Destination(
  bucket: string,
  prefix: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Destination> {
  const endpoint = env.AWS_ENDPOINT_URL;
  const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? 'us-east-1';
  const client = createS3Client(endpoint === undefined ? { region } : { region, endpoint });
  const store = openS3Store({ client, bucket });
  await store.check();
  return {
    async put(name, path) {
      const key = prefix === '' ? name : `${prefix}/${name}`;
      await store.put(key, createReadStream(path));
      return `s3://${bucket}/${key}`;
    },
  };
}
