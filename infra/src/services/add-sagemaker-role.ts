import type { Stack } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { sageMakerPrefix } from './object-rights.ts';

/** A statement of a policy that is lent to SageMaker. */
export function allowed(actions: string[], resources: string[], conditions?: Record<string, unknown>): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.ALLOW,
    actions,
    resources,
    ...(conditions === undefined ? {} : { conditions }),
  });
}

/** Reads and writes what is exchanged with SageMaker, and writes logs. */
export function exchangePolicy(stack: Stack, bucket: CfnBucket): PolicyDocument {
  const logs = `arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:/aws/sagemaker/*`;
  return new PolicyDocument({
    statements: [
      allowed(['s3:GetObject', 's3:PutObject'], [`${bucket.attrArn}/${sageMakerPrefix}*`]),
      allowed(['s3:ListBucket'], [bucket.attrArn], { StringLike: { 's3:prefix': [`${sageMakerPrefix}*`] } }),
      allowed(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], [logs]),
    ],
  });
}

/**
 * What instances of SageMaker may do when they train for us: read and write what trials exchange with them, and write
 * logs. The image of AWS's own XGBoost is pulled with AWS's credentials, not with these.
 */
export function addSageMakerRole(stack: Stack, bucket: CfnBucket): Role {
  return new Role(stack, 'SageMakerRole', {
    description: 'Instances of SageMaker that train for Bellwether',
    assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'),
    inlinePolicies: { Exchange: exchangePolicy(stack, bucket) },
  });
}
