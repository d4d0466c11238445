import type { Stack } from 'aws-cdk-lib';
import { Policy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { allowed, exchangePolicy } from './add-sagemaker-role.ts';

/** Kinds of what an AutoML job starts for itself, under names that begin with its own. */
const started: Readonly<Record<string, readonly string[]>> = {
  'processing-job': ['CreateProcessingJob', 'DescribeProcessingJob', 'StopProcessingJob'],
  'training-job': ['CreateTrainingJob', 'DescribeTrainingJob', 'StopTrainingJob'],
  'transform-job': ['CreateTransformJob', 'DescribeTransformJob', 'StopTransformJob'],
  model: ['CreateModel', 'DescribeModel', 'DeleteModel'],
};

/**
 * What AutoML may do when it looks for a forecaster, and its models when they forecast: what other instances of SageMaker
 * may, and start jobs with this role again. A role of its own, so that no training job may start another.
 */
export function addAutoMlRole(stack: Stack, bucket: CfnBucket): Role {
  const role = new Role(stack, 'SageMakerAutoMlRole', {
    description: 'AutoML of SageMaker that finds forecasters for Bellwether',
    assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'),
    inlinePolicies: { Exchange: exchangePolicy(stack, bucket) },
  });
  const place = `arn:${stack.partition}:sagemaker:${stack.region}:${stack.account}`;
  new Policy(stack, 'SageMakerAutoMlJobs', {
    roles: [role],
    statements: [
      ...Object.entries(started).map(([kind, actions]) =>
        allowed(
          [...actions, 'AddTags'].map((action) => `sagemaker:${action}`),
          [`${place}:${kind}/bellwether-*`],
        ),
      ),
      allowed(['iam:PassRole'], [role.roleArn], { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } }),
    ],
  });
  return role;
}
