import type { Service } from '@bellwether/contracts';
import { Duration } from 'aws-cdk-lib';
import { CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { Cluster, FargateService } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import type { QueuePair } from '../messaging/add-messaging.ts';
import { pascalCase } from '../pascal-case.ts';
import { cpuTargetPercent, sizes } from './sizes.ts';

export interface ScalingOptions {
  readonly fargate: FargateService;
  readonly cluster: Cluster;
  readonly minTasks: number;
  readonly queues: ReadonlyMap<string, QueuePair>;
}

/**
 * More tasks when more messages wait for each running one than is good, or when requests keep them busy. Several
 * policies agree as AWS has it: the largest count wins, and tasks are only taken away when every policy would.
 */
export function addScaling(scope: Construct, service: Service, options: ScalingOptions): void {
  const { fargate, cluster, minTasks, queues } = options;
  const { maxTasks, backlogPerTask } = sizes[service];
  const count = fargate.autoScaleTaskCount({ minCapacity: minTasks, maxCapacity: maxTasks });
  count.scaleOnCpuUtilization('Cpu', {
    targetUtilizationPercent: cpuTargetPercent,
    scaleInCooldown: Duration.minutes(5),
    scaleOutCooldown: Duration.minutes(1),
  });
  for (const [queue, target] of Object.entries(backlogPerTask)) {
    const queueName = queues.get(queue)?.live.attrQueueName;
    if (queueName === undefined)
      throw new Error(`${service} scales on the queue ${queue}, which the flow does not have`);
    const policy = new CfnScalingPolicy(scope, `${pascalCase(queue)}Backlog`, {
      policyName: `${queue}-backlog`,
      policyType: 'TargetTrackingScaling',
      serviceNamespace: 'ecs',
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: `service/${cluster.clusterName}/${fargate.serviceName}`,
      targetTrackingScalingPolicyConfiguration: {
        targetValue: target,
        // A task that is taken away gives its work back, and a trial then starts again from nothing: slowly.
        scaleInCooldown: 600,
        scaleOutCooldown: 60,
        customizedMetricSpecification: { metrics: backlogPerRunningTask(queueName, cluster, fargate) },
      },
    });
    policy.node.addDependency(count);
  }
}

/** No tasks give no value, and so no decision: ECS itself brings the wanted ones back. */
function backlogPerRunningTask(queueName: string, cluster: Cluster, fargate: FargateService) {
  return [
    { id: 'backlog', label: 'Waiting messages for each running task', expression: 'waiting / running' },
    {
      id: 'waiting',
      returnData: false,
      metricStat: {
        stat: 'Sum',
        metric: {
          namespace: 'AWS/SQS',
          metricName: 'ApproximateNumberOfMessagesVisible',
          dimensions: [{ name: 'QueueName', value: queueName }],
        },
      },
    },
    {
      id: 'running',
      returnData: false,
      metricStat: {
        stat: 'Average',
        metric: {
          namespace: 'ECS/ContainerInsights',
          metricName: 'RunningTaskCount',
          dimensions: [
            { name: 'ClusterName', value: cluster.clusterName },
            { name: 'ServiceName', value: fargate.serviceName },
          ],
        },
      },
    },
  ];
}
