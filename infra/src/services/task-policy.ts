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
  /** of SageMaker's instances, and of its AutoML */
  readonly sageMakerRoles: readonly [Role, ...Role[]];
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
    ...sageMakerStatements(service, granted.sageMakerRoles),
  ];
}

/** What is asked of SageMaker, by kinds of resource, under the names that we give them. */
const sageMakerRights: Readonly<Partial<Record<Service, { readonly kinds: string[]; readonly actions: string[] }>>> = {
  training: {
    kinds: ['training-job', 'automl-job'],
    actions: [
      'CreateTrainingJob',
      'DescribeTrainingJob',
      'StopTrainingJob',
      'CreateAutoMLJobV2',
      'DescribeAutoMLJobV2',
      'StopAutoMLJob',
    ],
  },
  inference: {
    kinds: ['model', 'transform-job'],
    actions: ['CreateModel', 'DeleteModel', 'CreateTransformJob', 'DescribeTransformJob', 'StopTransformJob'],
  },
};

/** Jobs on SageMaker, with the two roles that may be lent. */
function sageMakerStatements(service: Service, roles: Granted['sageMakerRoles']): PolicyStatement[] {
  const rights = sageMakerRights[service];
  if (rights === undefined) return [];
  const { partition, region, account } = Stack.of(roles[0]);
  return [
    allow(
      'AskSageMaker',
      rights.actions.map((action) => `sagemaker:${action}`),
      rights.kinds.map((kind) => `arn:${partition}:sagemaker:${region}:${account}:${kind}/bellwether-*`),
    ),
    allow(
      'LendRole',
      ['iam:PassRole'],
      roles.map(({ roleArn }) => roleArn),
      { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    ),
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
