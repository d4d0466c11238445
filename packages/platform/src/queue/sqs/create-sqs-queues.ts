import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { maxDeliveries } from '@bellwether/contracts';

export interface CreateSqsQueuesOptions {
  readonly prefix?: string;
  readonly deadLetterSuffix?: string;
  /** a message received this often and not deleted goes to the dead-letter queue; `maxDeliveries` */
  readonly maxReceives?: number;
  /** default lease in seconds; consumers ask for their own; 30 */
  readonly visibilitySeconds?: number;
}

/** SQS's longest retention, 14 days, in seconds: its default of 4 would lose dead letters over a long weekend. */
const retentionSeconds = '1209600';

async function makeQueue(client: SQSClient, name: string, attributes: Record<string, string>): Promise<string> {
  // Made bare and then set: CreateQueue refuses a queue that exists with other attributes.
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: name }));
  if (QueueUrl === undefined) throw new Error(`SQS gave no URL for ${name}`);
  await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: attributes }));
  return QueueUrl;
}

/**
 * Makes each queue with its dead-letter queue and redrive policy, or brings existing ones to these settings. For tests
 * and local set-up; on AWS the stack makes them.
 *
 * @returns URLs by full name, those of the dead-letter queues too
 */
export async function createSqsQueues(
  client: SQSClient,
  specs: readonly { readonly name: string }[],
  options: CreateSqsQueuesOptions = {},
): Promise<ReadonlyMap<string, string>> {
  const { prefix = '', deadLetterSuffix = '-dead', maxReceives = maxDeliveries, visibilitySeconds = 30 } = options;
  const urls = new Map<string, string>();
  for (const { name } of specs) {
    const live = `${prefix}${name}`;
    const dead = `${live}${deadLetterSuffix}`;
    const deadUrl = await makeQueue(client, dead, { MessageRetentionPeriod: retentionSeconds });
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: deadUrl, AttributeNames: ['QueueArn'] }),
    );
    const liveUrl = await makeQueue(client, live, {
      MessageRetentionPeriod: retentionSeconds,
      VisibilityTimeout: String(visibilitySeconds),
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: Attributes?.QueueArn, maxReceiveCount: maxReceives }),
    });
    urls.set(dead, deadUrl).set(live, liveUrl);
  }
  return urls;
}
