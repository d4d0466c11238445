import { type CfnResource, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  CfnAccount,
  LogGroupLogDestination,
  type RestApi,
  type StageOptions,
} from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface ObservedStages {
  /** options of the stage of one API */
  readonly stage: (name: string) => StageOptions;
  /** to be called with each API: its stage needs the account's right to write logs */
  readonly bind: (api: RestApi) => void;
}

/** No bodies and no headers: what people send is theirs. */
const line = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    at: '$context.requestTimeEpoch',
    method: '$context.httpMethod',
    path: '$context.path',
    status: '$context.status',
    ip: '$context.identity.sourceIp',
    bytes: '$context.responseLength',
    milliseconds: '$context.responseLatency',
    serviceMilliseconds: '$context.integrationLatency',
    serviceStatus: '$context.integrationStatus',
    error: '$context.error.responseType',
  }),
);

/** Stages with limits and access logs. */
export function addObservedStages(
  stack: Stack,
  limits: { readonly requestsPerSecond: number; readonly burst: number },
): ObservedStages {
  const scope = new Construct(stack, 'ApiLogs');
  const role = new Role(scope, 'Role', {
    description: 'API Gateway of this account and region writes logs',
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
  });
  const account: CfnResource = new CfnAccount(scope, 'Account', { cloudWatchRoleArn: role.roleArn });
  // A setting of the whole account, which other APIs may use by now.
  account.applyRemovalPolicy(RemovalPolicy.RETAIN);
  role.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return {
    stage: (name) => ({
      stageName: 'live',
      throttlingRateLimit: limits.requestsPerSecond,
      throttlingBurstLimit: limits.burst,
      accessLogDestination: new LogGroupLogDestination(
        new LogGroup(scope, name, {
          retention: RetentionDays.ONE_MONTH,
          removalPolicy: RemovalPolicy.DESTROY,
        }) as ILogGroup,
      ),
      accessLogFormat: line,
    }),
    bind: (api) => api.deploymentStage.node.addDependency(account),
  };
}
