import { maxDeliveries, queueSpecs } from '@bellwether/contracts';
import { Stack } from 'aws-cdk-lib';
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { defaults } from '../defaults.ts';
import { pascalCase } from '../pascal-case.ts';
import { addClock, letClockSend } from './add-clock.ts';
import { fullNames, queuesOfTicks, queuesOfUploads } from './flow-queues.ts';
import { denyWithoutTls, letBucketSend } from './queue-policies.ts';

export interface QueuePair {
  readonly live: CfnQueue;
  readonly dead: CfnQueue;
}

export interface Messaging {
  /** by the short name of the flow: `ingest`, `training-trials`, … */
  readonly queues: ReadonlyMap<string, QueuePair>;
  /** The queues that hear of uploads, with the policies without which S3 refuses to be told of them. */
  readonly ofUploads: readonly { readonly queue: CfnQueue; readonly policy: CfnQueuePolicy }[];
}

export interface MessagingOptions {
  /** before the name of each queue: QUEUE_PREFIX of the services */
  readonly prefix: string;
  /** the bucket that may say that uploads arrived; a name and no reference, since the bucket needs the queue first */
  readonly bucketName: string;
}

/** SQS's longest, 14 days: its default of 4 would lose dead letters over a long weekend. */
const retentionSeconds = 14 * 86_400;
/** SQS's longest wait. Services ask for it themselves; whoever looks by hand gets it too. */
const longPollSeconds = 20;

/** Every queue of the flow with its dead letters, and the clock that ticks. Names and settings are those that the services expect. */
export function addMessaging(stack: Stack, { prefix, bucketName }: MessagingOptions): Messaging {
  const scope = new Construct(stack, 'Messaging');
  const uploads = new Set(queuesOfUploads());
  const ticks = new Set(queuesOfTicks());
  const clockName = `${prefix}clock`;
  const queues = new Map<string, QueuePair>();
  const ofUploads: { queue: CfnQueue; policy: CfnQueuePolicy }[] = [];

  for (const { name } of queueSpecs()) {
    const id = pascalCase(name);
    const pair = addQueuePair(scope, id, fullNames(prefix, name));
    queues.set(name, pair);
    const policy = addPolicy(scope, `${id}Policy`, pair.live, [
      denyWithoutTls(pair.live),
      ...(uploads.has(name) ? [letBucketSend(pair.live, { stack, bucketName })] : []),
      ...(ticks.has(name) ? [letClockSend(pair.live, clockName)] : []),
    ]);
    if (ticks.has(name)) addClock(scope, clockName, pair.live);
    addPolicy(scope, `${id}DeadPolicy`, pair.dead, [denyWithoutTls(pair.dead)]);
    if (uploads.has(name)) ofUploads.push({ queue: pair.live, policy });
  }
  return { queues, ofUploads };
}

function addQueuePair(
  scope: Construct,
  id: string,
  names: { readonly live: string; readonly dead: string },
): QueuePair {
  const kept = { messageRetentionPeriod: retentionSeconds, sqsManagedSseEnabled: true };
  const dead = new CfnQueue(scope, `${id}Dead`, {
    ...kept,
    queueName: names.dead,
    receiveMessageWaitTimeSeconds: longPollSeconds,
    // By name: a reference to the live queue, which refers to this one, would be a circle.
    redriveAllowPolicy: {
      redrivePermission: 'byQueue',
      sourceQueueArns: [Stack.of(scope).formatArn({ service: 'sqs', resource: names.live })],
    },
  });
  const live = new CfnQueue(scope, id, {
    ...kept,
    queueName: names.live,
    receiveMessageWaitTimeSeconds: longPollSeconds,
    visibilityTimeout: defaults.VISIBILITY_SECONDS,
    redrivePolicy: { deadLetterTargetArn: dead.attrArn, maxReceiveCount: maxDeliveries },
  });
  return { live, dead };
}

function addPolicy(scope: Construct, id: string, queue: CfnQueue, statements: readonly object[]): CfnQueuePolicy {
  return new CfnQueuePolicy(scope, id, {
    queues: [queue.ref],
    policyDocument: { Version: '2012-10-17', Statement: statements },
  });
}
