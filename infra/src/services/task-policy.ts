import type { Service } from '@bellwether/contracts';
import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Messaging, QueuePair } from '../messaging/add-messaging.ts';
import { queueRights } from '../messaging/flow-queues.ts';
import { objectRights } from './object-rights.ts';

export interface Granted {
  readonly messaging: Messaging;
  readonly bucket: CfnBucket;
  /** of SageMaker's instances */
  readonly sageMakerRole: Role;
}

function allow(sid: string, actions: readonly string[], resources: readonly string[], conditions?: object) {
  return new PolicyStatement({
    sid,
    effect: Effect.ALLOW,
    actions: [...actions],
    resources: [...resources],
    ...(conditions === undefined ? {} : { conditions: conditions as Record<string, unknown> }),
  });
}

/** All that a service's tasks may do: the queues that the flow gives it, the prefixes of the bucket that it works on. */
export function taskStatements(service: Service, granted: Granted): readonly PolicyStatement[] {
  return [
    ...queueStatements(service, granted.messaging),
    ...objectStatements(service, granted.bucket),
    ...(service === 'training' ? sageMakerStatements(granted.sageMakerRole) : []),
  ];
}

/** Jobs by the names that training gives them, with the one role that it may lend. */
function sageMakerStatements(role: Role): PolicyStatement[] {
  const { partition, region, account } = Stack.of(role);
  const jobs = `arn:${partition}:sagemaker:${region}:${account}:training-job/bellwether-*`;
  const actions = ['CreateTrainingJob', 'DescribeTrainingJob', 'StopTrainingJob'];
  return [
    allow(
      'TrainOnSageMaker',
      actions.map((action) => `sagemaker:${action}`),
      [jobs],
    ),
    allow('LendRole', ['iam:PassRole'], [role.roleArn], {
      StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' },
    }),
  ];
}

function queueStatements(service: Service, { queues }: Messaging): PolicyStatement[] {
  const arn = (name: string, kind: keyof QueuePair) => {
    const pair = queues.get(name);
    if (pair === undefined) throw new Error(`the flow names the queue ${name}, which the stack does not have`);
    return pair[kind].attrArn;
  };
  const { consume, send } = queueRights(service);
  const own = consume.flatMap((name) => [arn(name, 'live'), arn(name, 'dead')]);
  const dead = consume.map((name) => arn(name, 'dead'));
  const receive = ['ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes', 'GetQueueUrl'];
  return [
    allow(
      'ConsumeOwnQueues',
      receive.map((action) => `sqs:${action}`),
      own,
    ),
    allow(
      'SendWhatTheFlowSays',
      ['sqs:SendMessage', 'sqs:GetQueueUrl'],
      [...send.map((name) => arn(name, 'live')), ...dead],
    ),
  ];
}

function objectStatements(service: Service, bucket: CfnBucket): PolicyStatement[] {
  const { read, write, delete: deletes } = objectRights[service];
  const below = (prefixes: readonly string[]) => prefixes.map((prefix) => `${bucket.attrArn}/${prefix}*`);
  const prefixes = [...new Set([...read, ...write, ...deletes])];
  const statements = [
    // IfExists: the readiness check, HEAD of the bucket, has no prefix; and without the right to list S3 answers 403
    // instead of 404 for an object that is gone. A listing of another prefix is refused.
    allow('SeeOwnPrefixes', ['s3:ListBucket'], [bucket.attrArn], {
      StringLikeIfExists: { 's3:prefix': prefixes.length === 0 ? ['none/'] : prefixes.map((prefix) => `${prefix}*`) },
    }),
  ];
  if (read.length > 0) statements.push(allow('ReadObjects', ['s3:GetObject'], below(read)));
  if (write.length > 0) {
    statements.push(allow('WriteObjects', ['s3:PutObject', 's3:AbortMultipartUpload'], below(write)));
  }
  if (deletes.length > 0) statements.push(allow('DeleteObjects', ['s3:DeleteObject'], below(deletes)));
  return statements;
}
