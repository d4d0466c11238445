import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { addLocalStack, localUrls, type ServiceUrls } from '../local-stack.ts';
import { deployStack } from './deploy-stack.ts';
import { type Exports, exportsOf } from './exports.ts';
import { synthesize } from './synthesize.ts';
import { templateBucket } from './template-bucket.ts';

export interface DeployLocalOptions {
  /** of LocalStack, `http://localhost:4566` */
  readonly endpoint: string;
  /** where LocalStack reaches each service; the ports 8081 to 8085 of this machine by default */
  readonly urls?: ServiceUrls;
  readonly region?: string;
}

/**
 * Brings queues, bucket and APIs to a LocalStack, as the template has them. Again is harmless; queues and bucket keep
 * what they hold, and the APIs their ids.
 *
 * @throws {DeploymentFailed} naming the resources that LocalStack refused
 */
export async function deployLocal(options: DeployLocalOptions): Promise<Exports> {
  const { endpoint, urls = localUrls, region = 'us-east-1' } = options;
  // LocalStack takes any credentials; the person's own must not be sent to it.
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new CloudFormationClient({ endpoint, region, credentials });
  await using templates = templateBucket(endpoint);
  const outputs = await deployStack(client, {
    stackName: 'BellwetherLocal',
    publish: templates.publish,
    template: await synthesize((app) => addLocalStack(app, urls)),
    remade: (logicalId) => logicalId.startsWith('Api'),
  });
  client.destroy();
  return exportsOf(outputs, endpoint);
}
