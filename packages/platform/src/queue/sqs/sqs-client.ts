import { SQSClient } from '@aws-sdk/client-sqs';

export interface AwsClientOptions {
  readonly region: string;
  /** of a peer such as LocalStack; AWS's own by default */
  readonly endpoint?: string;
  /** the SDK's own chain (environment, profile, role) by default */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Above the 20 s of a long poll. Without it a connection that died silently would hold a consumer for ever. */
const socketTimeoutMs = 30_000;

/**
 * An SQS client. With an endpoint, requests go there and not to the host inside queue URLs: a peer's URLs name the host
 * as it sees itself, which another container cannot always reach.
 */
export function createSqsClient({ region, endpoint, credentials }: AwsClientOptions): SQSClient {
  return new SQSClient({
    region,
    ...(endpoint === undefined ? {} : { endpoint, useQueueUrlAsEndpoint: false }),
    ...(credentials === undefined ? {} : { credentials }),
    requestHandler: { connectionTimeout: 5_000, socketTimeout: socketTimeoutMs },
  });
}
