import { S3Client } from '@aws-sdk/client-s3';
import type { AwsClientOptions } from '../../queue/sqs/sqs-client.ts';

export interface S3ClientOptions extends AwsClientOptions {
  /** bucket in the path and not in the host name: what peers without wildcard DNS need; true with an endpoint */
  readonly forcePathStyle?: boolean;
}

/**
 * An S3 client. `WHEN_REQUIRED`, because otherwise the SDK signs the checksum of an empty body into presigned PUTs,
 * and S3 then refuses every real one.
 */
export function createS3Client({ region, endpoint, credentials, forcePathStyle }: S3ClientOptions): S3Client {
  return new S3Client({
    region,
    forcePathStyle: forcePathStyle ?? endpoint !== undefined,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 60_000 },
  });
}
