import { uploadKey } from '@bellwether/platform';
import { CfnDeletionPolicy, type Stack } from 'aws-cdk-lib';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Messaging } from '../messaging/add-messaging.ts';

export interface StorageOptions {
  readonly bucketName: string;
  readonly messaging: Messaging;
  /** pages that may use signed URLs; the URL itself is the permission, so all by default */
  readonly corsOrigins?: readonly string[];
}

/** Where uploads go, such as `uploads/`: the only arrivals that the bucket speaks of. */
export const uploadsPrefix = `${uploadKey('tenant', 'dataset').split('/')[0]}/`;

/**
 * The bucket. Uploads stay as they came, for as long as their dataset does, so no rule expires objects: those that no
 * row names are deleted by ingest, which knows the rows. S3's own rules end what nobody can see: parts of uploads that
 * were cut off, after a day, and deleted objects, which can be brought back for a week.
 */
export function addStorage(stack: Stack, { bucketName, messaging, corsOrigins = ['*'] }: StorageOptions): CfnBucket {
  const scope = new Construct(stack, 'Storage');
  const bucket = new CfnBucket(scope, 'Bucket', {
    bucketName,
    bucketEncryption: {
      serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
    },
    publicAccessBlockConfiguration: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
    versioningConfiguration: { status: 'Enabled' },
    lifecycleConfiguration: {
      rules: [
        { id: 'EndCutOffUploads', status: 'Enabled', abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } },
        {
          id: 'ForgetDeletedObjects',
          status: 'Enabled',
          noncurrentVersionExpiration: { noncurrentDays: 7 },
          expiredObjectDeleteMarker: true,
        },
      ],
    },
    corsConfiguration: {
      corsRules: [
        {
          allowedMethods: ['PUT', 'GET'],
          allowedOrigins: [...corsOrigins],
          // What signed uploads and ranged downloads send; a wildcard would let a page try anything.
          allowedHeaders: ['content-type', 'if-none-match', 'range'],
          exposedHeaders: ['etag', 'content-range', 'content-disposition'],
          maxAge: 3600,
        },
      ],
    },
    // The bucket's own configuration: CDK's addEventNotification would make a Lambda to set it.
    notificationConfiguration: {
      queueConfigurations: messaging.ofUploads.map(({ queue }) => ({
        event: 's3:ObjectCreated:*',
        queue: queue.attrArn,
        filter: { s3Key: { rules: [{ name: 'prefix', value: uploadsPrefix }] } },
      })),
    },
  });
  // Data outlives the stack.
  bucket.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
  bucket.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  // S3 tries the queue when it is told of it, and refuses the configuration if it may not send.
  for (const { policy } of messaging.ofUploads) bucket.addResourceDependency(policy);

  new CfnBucketPolicy(scope, 'BucketPolicy', {
    bucket: bucket.ref,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'TlsOnly',
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 's3:*',
          Resource: [bucket.attrArn, `${bucket.attrArn}/*`],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    },
  });
  return bucket;
}
