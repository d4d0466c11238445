import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { type FauxqsPeer, objectStoreConformance, startFauxqsPeer } from '@bellwether/testkit/conformance';
import { createS3Client } from './s3-client.ts';
import { openS3Store } from './s3-store.ts';

let peer: FauxqsPeer;
let client: S3Client;

objectStoreConformance(
  'S3 on fauxqs',
  async () => {
    const bucket = randomUUID();
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    const store = openS3Store({ client, bucket, prefix: 'stage/' });
    return { store, close: () => store.close() };
  },
  {
    async start() {
      peer = await startFauxqsPeer();
      client = createS3Client(peer);
    },
    async stop() {
      client.destroy();
      await peer.stop();
    },
    lacks: {
      signatures: 'fauxqs checks none',
      'unsigned-requests-are-refused': 'fauxqs lets them pass',
      'one-upload-per-url': 'fauxqs ignores If-None-Match on PUT',
      'exact-sizes': 'fauxqs does not hold uploads to a signed Content-Length',
      'size-limits': 'S3 cannot bound a size that it was not told; the notification is checked',
      'no-keys-below-keys': 'S3 has no folders',
      notifications: 'fauxqs sends none',
    },
  },
);
