import {
  CreateTrainingJobCommand,
  type CreateTrainingJobCommandInput,
  DescribeTrainingJobCommand,
  type DescribeTrainingJobCommandOutput,
  type SageMakerClient,
  StopTrainingJobCommand,
} from '@aws-sdk/client-sagemaker';
import { type Busy, calling, isAbsent, isOver, isTaken } from './refusal.ts';
import type { SageMakerSettings } from './settings.ts';

export interface TrainingOrder {
  readonly name: string;
  /** under XGBoost's names */
  readonly hyperparameters: Readonly<Record<string, string>>;
  /** `s3://bucket/prefix/` of CSV by channel: label first, no header */
  readonly channels: { readonly train: string; readonly validation?: string };
  /** `s3://bucket/prefix` below which the artifact goes */
  readonly output: string;
}

export type TrainingState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'running'; readonly status: string }
  /** artifact: the `s3://` place of `model.tar.gz` */
  | { readonly kind: 'completed'; readonly artifact: string; readonly metrics: Readonly<Record<string, number>> }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'stopped'; readonly reason: string };

/** Asks for a job. One of this name that is there already is the one: an earlier attempt asked for it. */
export function startTraining(client: SageMakerClient, settings: SageMakerSettings, order: TrainingOrder) {
  return calling<{ readonly kind: 'started' } | Busy>(
    async () => {
      await client.send(new CreateTrainingJobCommand(requestOf(settings, order)));
      return { kind: 'started' };
    },
    (name, message) => (isTaken(name, message) ? { kind: 'started' } : undefined),
  );
}

function requestOf(
  { image, roleArn, instanceType, volumeGigabytes, maxRuntimeSeconds }: SageMakerSettings,
  { name, hyperparameters, channels, output }: TrainingOrder,
): CreateTrainingJobCommandInput {
  return {
    TrainingJobName: name,
    RoleArn: roleArn,
    AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: 'File' },
    HyperParameters: { ...hyperparameters },
    InputDataConfig: Object.entries(channels).map(([channel, uri]) => ({
      ChannelName: channel,
      // Without it the container reads LIBSVM.
      ContentType: 'text/csv',
      DataSource: {
        S3DataSource: { S3DataType: 'S3Prefix', S3Uri: uri, S3DataDistributionType: 'FullyReplicated' },
      },
    })),
    OutputDataConfig: { S3OutputPath: output },
    ResourceConfig: { InstanceType: instanceType as never, InstanceCount: 1, VolumeSizeInGB: volumeGigabytes },
    StoppingCondition: { MaxRuntimeInSeconds: maxRuntimeSeconds },
    // A fault of the instance is no fault of the data.
    RetryStrategy: { MaximumRetryAttempts: 2 },
    // The algorithm needs nothing but its channels, and what it is given is somebody's data.
    EnableNetworkIsolation: true,
  };
}

/** How a job is. */
export function describeTraining(client: SageMakerClient, name: string): Promise<TrainingState | Busy> {
  return calling<TrainingState | Busy>(
    async () => stateOf(await client.send(new DescribeTrainingJobCommand({ TrainingJobName: name }))),
    (error, message) => (isAbsent(error, message) ? { kind: 'absent' } : undefined),
  );
}

function stateOf(job: DescribeTrainingJobCommandOutput): TrainingState {
  const { TrainingJobStatus, SecondaryStatus, FailureReason, ModelArtifacts, FinalMetricDataList = [] } = job;
  switch (TrainingJobStatus) {
    case 'Completed': {
      const metrics = FinalMetricDataList.map(
        ({ MetricName = '', Value = Number.NaN }) => [MetricName, Value] as const,
      );
      const artifact = ModelArtifacts?.S3ModelArtifacts ?? '';
      return { kind: 'completed', artifact, metrics: Object.fromEntries(metrics) };
    }
    case 'Failed':
      return { kind: 'failed', reason: FailureReason ?? 'SageMaker gave no reason' };
    case 'Stopped':
      return { kind: 'stopped', reason: stopReason(SecondaryStatus) };
    default:
      return { kind: 'running', status: SecondaryStatus ?? TrainingJobStatus ?? 'Starting' };
  }
}

function stopReason(status: string | undefined): string {
  if (status === 'MaxRuntimeExceeded') return 'it ran longer than SAGEMAKER_MAX_RUNTIME_SECONDS allows';
  if (status === 'MaxWaitTimeExceeded') return 'it waited longer for an instance than it may';
  return 'somebody stopped it';
}

/** Stops a job; one that has ended or never was needs nothing. */
export function stopTraining(client: SageMakerClient, name: string): Promise<{ readonly kind: 'stopping' } | Busy> {
  return calling<{ readonly kind: 'stopping' } | Busy>(
    async () => {
      await client.send(new StopTrainingJobCommand({ TrainingJobName: name }));
      return { kind: 'stopping' };
    },
    (error, message) => (isOver(error, message) ? { kind: 'stopping' } : undefined),
  );
}
