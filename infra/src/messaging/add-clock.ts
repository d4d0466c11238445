import { flow } from '@bellwether/contracts';
import { Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

const { type, version } = flow.clockTicked.message;
const noTrace = `00-${'0'.repeat(31)}1-${'0'.repeat(15)}1-00`;

/**
 * A message of ours, made of an event of EventBridge: each has an id of its own, or the second tick would pass for a
 * first one that came twice. It belongs to no tenant.
 */
const envelope = `{"id":"tick-<id>","type":"${type}","version":${version},"tenantId":"-","traceparent":"${noTrace}","at":"<time>","body":{}}`;

/**
 * The clock: a rule that says each minute that time has passed, since a process that would say it may be one of many.
 * Patterns of times have minutes at their finest, and what is due is looked up when it ticks. EventBridge's Scheduler
 * could do the same, and LocalStack's never fires.
 *
 * @param name of the rule
 */
export function addClock(scope: Construct, name: string, queue: CfnQueue): CfnRule {
  return new CfnRule(scope, 'Clock', {
    name,
    description: 'Automations by the clock may be due',
    scheduleExpression: 'rate(1 minute)',
    targets: [
      {
        id: 'training',
        arn: queue.attrArn,
        inputTransformer: { inputPathsMap: { id: '$.id', time: '$.time' }, inputTemplate: envelope },
      },
    ],
  });
}

/** Lets one rule of this account send ticks. */
export function letClockSend(queue: CfnQueue, name: string): object {
  const ruleArn = Stack.of(queue).formatArn({ service: 'events', resource: 'rule', resourceName: name });
  return {
    Sid: 'TicksOfOurClock',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queue.attrArn,
    Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
  };
}
