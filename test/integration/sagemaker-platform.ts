import { randomUUID } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { createS3Client, type ObjectStore, openS3Store } from '@bellwether/platform';
import type { SageMakerSettings } from '@bellwether/sagemaker';
import { type SageMakerServer, startSageMaker } from '@bellwether/testkit/sagemaker';

export interface SageMakerPeer extends AsyncDisposable {
  readonly server: SageMakerServer;
  /** the bucket through which trials and SageMaker exchange what they have */
  readonly store: ObjectStore;
  readonly bucket: string;
  /** configuration of a platform that may train there */
  readonly env: Record<string, string>;
}

const s3Endpoint = process.env.AWS_ENDPOINT_URL ?? 'http://localhost:4566';

/** A SageMaker that trains, with a bucket of its own on the S3 of the stack. */
export async function startSageMakerPeer(): Promise<SageMakerPeer> {
  // The SDK reads its credentials from the environment and nowhere else.
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  const server = await startSageMaker({ s3Endpoint, step: 0.02 });
  const client = createS3Client({ region: 'us-east-1', endpoint: s3Endpoint });
  const bucket = randomUUID();
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  const store = openS3Store({ client, bucket });
  return {
    server,
    store,
    bucket,
    env: {
      AWS_ENDPOINT_URL: s3Endpoint,
      AWS_ENDPOINT_URL_SAGEMAKER: server.endpoint,
      AWS_REGION: 'us-east-1',
      SAGEMAKER_ROLE_ARN: 'arn:aws:iam::123456789012:role/sagemaker',
      SAGEMAKER_BUCKET: bucket,
      SAGEMAKER_POLL_SECONDS: '1',
    },
    async [Symbol.asyncDispose]() {
      await store.deletePrefix('sagemaker/');
      await store.close();
      client.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** What a client of a SageMaker is told where no platform is between: everything it needs to name. */
export const settingsAt = (endpoint: string, bucket: string): SageMakerSettings => ({
  region: 'us-east-1',
  endpoint,
  roleArn: 'arn:aws:iam::123456789012:role/sagemaker',
  automlRoleArn: 'arn:aws:iam::123456789012:role/automl',
  bucket,
  image: '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5',
  instanceType: 'ml.m5.large',
  volumeGigabytes: 10,
  maxRuntimeSeconds: 3600,
});
