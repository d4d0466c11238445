import { services } from '@bellwether/contracts';
import { Duration, type Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Apis } from '../api/add-apis.ts';
import type { Messaging, QueuePair } from '../messaging/add-messaging.ts';
import { pascalCase } from '../pascal-case.ts';
import type { Services } from '../services/add-services.ts';

export interface Watched {
  readonly messaging: Messaging;
  readonly apis: Apis;
  readonly services: Services;
}

interface Watch {
  readonly id: string;
  /** what is wrong and where to look: it is all that the person who is woken reads */
  readonly says: string;
  readonly metric: IMetric;
  readonly above?: number;
  readonly below?: number;
  readonly periods: number;
  readonly missing: TreatMissingData;
}

const minute = Duration.minutes(1);
const fiveMinutes = Duration.minutes(5);
/** seconds; work by the hour is no fault on a queue of long work */
const oldestAge = { short: 900, long: 6 * 3600 };
const longWork = new Set(['training-trials', 'inference-batches', 'inference-items', 'metrics-evaluations']);

/** Alarms on what nobody would notice in time. Returns the topic that they go to. */
export function addAlarms(stack: Stack, watched: Watched): Topic {
  const scope = new Construct(stack, 'Alarms');
  const topic = new Topic(scope, 'Topic', { displayName: 'Bellwether alarms' });
  const action = new SnsAction(topic as ITopic);
  for (const watch of [
    ...queueWatches(watched.messaging),
    ...apiWatches(watched.apis),
    ...taskWatches(watched.services),
  ]) {
    const alarm = new Alarm(scope, watch.id, {
      alarmDescription: watch.says,
      metric: watch.metric,
      threshold: watch.above ?? watch.below ?? 0,
      comparisonOperator:
        watch.below === undefined ? ComparisonOperator.GREATER_THAN_THRESHOLD : ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: watch.periods,
      treatMissingData: watch.missing,
    });
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
  return topic;
}

function sqs(metricName: string, { attrQueueName }: QueuePair['live'], statistic: string): Metric {
  const dimensionsMap = { QueueName: attrQueueName };
  return new Metric({ namespace: 'AWS/SQS', metricName, dimensionsMap, statistic, period: minute });
}

function queueWatches({ queues }: Messaging): Watch[] {
  return [...queues].flatMap(([name, { live, dead }]): Watch[] => [
    {
      id: `${pascalCase(name)}DeadLetters`,
      says: `Messages of the queue ${name} are dead: GET /v1/dead-letters says which and why.`,
      // Services take dead letters into a table at once, so that the queue alone would hardly ever be seen to hold one;
      // and what SQS itself moves there does not count as sent.
      metric: new MathExpression({
        label: 'Dead letters waiting or taken',
        expression: 'FILL(waiting, 0) + FILL(taken, 0)',
        usingMetrics: {
          waiting: sqs('ApproximateNumberOfMessagesVisible', dead, 'Maximum'),
          taken: sqs('NumberOfMessagesReceived', dead, 'Sum'),
        },
        period: minute,
      }),
      above: 0,
      periods: 1,
      missing: TreatMissingData.NOT_BREACHING,
    },
    {
      id: `${pascalCase(name)}OldestMessage`,
      says: `Messages wait too long on the queue ${name}: is its service running, and does it have enough tasks?`,
      metric: sqs('ApproximateAgeOfOldestMessage', live, 'Maximum'),
      above: longWork.has(name) ? oldestAge.long : oldestAge.short,
      periods: 5,
      missing: TreatMissingData.NOT_BREACHING,
    },
  ]);
}

function apiWatches(apis: Apis): Watch[] {
  return Object.entries(apis).map(([name, api]) => ({
    id: `${pascalCase(name)}Api5xx`,
    says: `More than 1 % of the requests to the ${name} API fail: see its access log and the services' logs.`,
    metric: api.metricServerError({
      statistic: 'Average',
      period: fiveMinutes,
      dimensionsMap: { ApiName: api.restApiName, Stage: api.deploymentStage.stageName },
    }) as IMetric,
    above: 0.01,
    periods: 1,
    missing: TreatMissingData.NOT_BREACHING,
  }));
}

function taskWatches({ cluster, byName }: Services): Watch[] {
  return services.map((service) => ({
    id: `${pascalCase(service)}NotRunning`,
    says: `No task of the service ${service} runs: see its events in ECS, then its log.`,
    metric: new Metric({
      namespace: 'ECS/ContainerInsights',
      metricName: 'RunningTaskCount',
      dimensionsMap: { ClusterName: cluster.clusterName, ServiceName: byName[service].serviceName },
      statistic: 'Maximum',
      period: minute,
    }),
    below: 1,
    periods: 3,
    missing: TreatMissingData.BREACHING,
  }));
}
