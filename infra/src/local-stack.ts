import { type Service, services } from '@bellwether/contracts';
import {
  type App,
  BootstraplessSynthesizer,
  CfnOutput,
  CfnParameter,
  type IStackSynthesizer,
  Stack,
} from 'aws-cdk-lib';
import { addApis } from './api/add-apis.ts';
import { defaults } from './defaults.ts';
import { addMessaging } from './messaging/add-messaging.ts';
import { portOf } from './services/ports.ts';
import { addStorage } from './storage/add-storage.ts';

export type ServiceUrls = Readonly<Record<Service, string>>;

/** The services as processes of this machine. */
export const localUrls = Object.fromEntries(
  services.map((service) => [service, `http://127.0.0.1:${portOf(service)}`]),
) as unknown as ServiceUrls;

/**
 * The part that LocalStack plays: queues, bucket and APIs of the full stack, in front of services that run as processes
 * or containers. It needs no bootstrap, so that plain CloudFormation deploys it.
 */
export function addLocalStack(app: App, urls: ServiceUrls = localUrls): Stack {
  const stack = new Stack(app, 'BellwetherLocal', {
    description: 'Bellwether on LocalStack: queues, bucket and APIs',
    synthesizer: new BootstraplessSynthesizer() as IStackSynthesizer,
  });
  const bucketName = new CfnParameter(stack, 'BucketName', {
    default: defaults.S3_BUCKET,
    description: 'Name of the bucket: S3_BUCKET of the services',
  }).valueAsString;
  const messaging = addMessaging(stack, { prefix: defaults.QUEUE_PREFIX, bucketName });
  const bucket = addStorage(stack, { bucketName, messaging });
  // URLs are written out and not parameters: a stage would go on serving the old ones after an update.
  addApis(stack, {
    backends: { url: (service) => urls[service] },
    stage: () => ({ stageName: 'test' }),
    localIdPrefix: defaults.QUEUE_PREFIX,
  });
  new CfnOutput(stack, 'Bucket', { value: bucket.ref });
  new CfnOutput(stack, 'QueuePrefix', { value: defaults.QUEUE_PREFIX });
  return stack;
}
