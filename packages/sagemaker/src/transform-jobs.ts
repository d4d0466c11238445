import {
  CreateModelCommand,
  CreateTransformJobCommand,
  DeleteModelCommand,
  DescribeTransformJobCommand,
  type SageMakerClient,
  StopTransformJobCommand,
} from '@aws-sdk/client-sagemaker';
import { type Busy, calling, isAbsent, isOver, isTaken } from './refusal.ts';
import type { SageMakerSettings } from './settings.ts';

export interface ModelOrder {
  readonly name: string;
  /** `s3://` place of a `model.tar.gz` that holds `xgboost-model` and nothing else: the container loads the first file */
  readonly artifact: string;
}

/** One of the containers that a model of AutoML's consists of, as AutoML named it. */
export interface ModelContainer {
  readonly image: string;
  /** `s3://` place */
  readonly artifact: string;
  readonly environment: Readonly<Record<string, string>>;
}

export interface CandidateOrder {
  readonly name: string;
  readonly containers: readonly ModelContainer[];
}

export interface TransformOrder {
  readonly name: string;
  readonly model: string;
  /** `s3://bucket/prefix/` of CSV without label or header */
  readonly input: string;
  /** `s3://bucket/prefix` below which `<name of the object>.out` goes: one line a row, in their order */
  readonly output: string;
  /** each object is given to the model whole, for as long as that may take: what it says of one line depends on all */
  readonly whole?: true;
}

export type TransformState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'running' }
  | { readonly kind: 'completed' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'stopped' };

type Done = { readonly kind: 'done' };
const done: Done = { kind: 'done' };

/** Makes a model for transform jobs; one of this name that is there already is the one. */
export function createModel(client: SageMakerClient, settings: SageMakerSettings, order: ModelOrder) {
  return calling<Done | Busy>(
    async () => {
      await client.send(
        new CreateModelCommand({
          ModelName: order.name,
          ExecutionRoleArn: settings.roleArn,
          PrimaryContainer: { Image: settings.image, ModelDataUrl: order.artifact },
          EnableNetworkIsolation: true,
        }),
      );
      return done;
    },
    (name, message) => (isTaken(name, message) ? done : undefined),
  );
}

/** Makes a model of what AutoML found to be best; one of this name that is there already is the one. */
export function createCandidateModel(client: SageMakerClient, settings: SageMakerSettings, order: CandidateOrder) {
  return calling<Done | Busy>(
    async () => {
      await client.send(
        new CreateModelCommand({
          ModelName: order.name,
          ExecutionRoleArn: settings.automlRoleArn,
          Containers: order.containers.map(({ image, artifact, environment }) => ({
            Image: image,
            ModelDataUrl: artifact,
            Environment: { ...environment },
          })),
        }),
      );
      return done;
    },
    (name, message) => (isTaken(name, message) ? done : undefined),
  );
}

/** Deletes a model; none there is no error. Its artifact stays. */
export function deleteModel(client: SageMakerClient, name: string): Promise<Done | Busy> {
  return calling<Done | Busy>(
    async () => {
      await client.send(new DeleteModelCommand({ ModelName: name }));
      return done;
    },
    (error, message) => (isAbsent(error, message) ? done : undefined),
  );
}

/** 0 takes away the limit of a request's size; an hour is the longest that an answer may take. */
const inOnePiece = { MaxPayloadInMB: 0, ModelClientConfig: { InvocationsTimeoutInSeconds: 3600 } };

/** Asks for predictions; a job of this name that is there already is the one. */
export function startTransform(client: SageMakerClient, settings: SageMakerSettings, order: TransformOrder) {
  return calling<Done | Busy>(
    async () => {
      await client.send(
        new CreateTransformJobCommand({
          TransformJobName: order.name,
          ModelName: order.model,
          ...(order.whole === true ? inOnePiece : { BatchStrategy: 'MultiRecord' as const }),
          TransformInput: {
            ContentType: 'text/csv',
            SplitType: order.whole === true ? 'None' : 'Line',
            DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: order.input } },
          },
          TransformOutput: { S3OutputPath: order.output, Accept: 'text/csv', AssembleWith: 'Line' },
          TransformResources: { InstanceType: settings.instanceType as never, InstanceCount: 1 },
        }),
      );
      return done;
    },
    (name, message) => (isTaken(name, message) ? done : undefined),
  );
}

/** How a transform job is. */
export function describeTransform(client: SageMakerClient, name: string): Promise<TransformState | Busy> {
  return calling<TransformState | Busy>(
    async () => {
      const job = await client.send(new DescribeTransformJobCommand({ TransformJobName: name }));
      switch (job.TransformJobStatus) {
        case 'Completed':
          return { kind: 'completed' };
        case 'Failed':
          return { kind: 'failed', reason: job.FailureReason ?? 'SageMaker gave no reason' };
        case 'Stopped':
          return { kind: 'stopped' };
        default:
          return { kind: 'running' };
      }
    },
    (error, message) => (isAbsent(error, message) ? { kind: 'absent' } : undefined),
  );
}

/** Stops a transform job; one that has ended or never was needs nothing. */
export function stopTransform(client: SageMakerClient, name: string): Promise<Done | Busy> {
  return calling<Done | Busy>(
    async () => {
      await client.send(new StopTransformJobCommand({ TransformJobName: name }));
      return done;
    },
    (error, message) => (isOver(error, message) ? done : undefined),
  );
}
