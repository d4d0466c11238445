import type { Stack } from 'aws-cdk-lib';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';

/** Takes every right from whoever comes without TLS; it gives none. */
export function denyWithoutTls(queue: CfnQueue): object {
  return {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 'sqs:*',
    Resource: queue.attrArn,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

/** Lets S3 send on behalf of one bucket of this account: a bucket of that name in another account is refused. */
export function letBucketSend(
  queue: CfnQueue,
  { stack, bucketName }: { readonly stack: Stack; readonly bucketName: string },
): object {
  const bucketArn = stack.formatArn({ service: 's3', region: '', account: '', resource: bucketName });
  return {
    Sid: 'UploadsOfOurBucket',
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queue.attrArn,
    Condition: {
      ArnEquals: { 'aws:SourceArn': bucketArn },
      StringEquals: { 'aws:SourceAccount': stack.account },
    },
  };
}
