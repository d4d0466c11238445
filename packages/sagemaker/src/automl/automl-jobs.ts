import {
  type AutoMLAlgorithm,
  type AutoMLCandidate,
  CreateAutoMLJobV2Command,
  type CreateAutoMLJobV2CommandInput,
  DescribeAutoMLJobV2Command,
  type DescribeAutoMLJobV2CommandOutput,
  type SageMakerClient,
  StopAutoMLJobCommand,
  type TimeSeriesForecastingJobConfig,
} from '@aws-sdk/client-sagemaker';
import { type Busy, calling, isAbsent, isOver, isTaken } from '../refusal.ts';
import type { SageMakerSettings } from '../settings.ts';
import type { ModelContainer } from '../transform-jobs.ts';

/** A forecaster that AutoML is to find. */
export interface AutoMlOrder {
  /** 32 characters at most */
  readonly name: string;
  /** `s3://bucket/prefix/` of CSV with a header */
  readonly input: string;
  /** `s3://bucket/prefix` below which everything goes that comes out */
  readonly output: string;
  /** `D`, `15min`, … */
  readonly frequency: string;
  readonly horizon: number;
  /** `p10`, …; five at most */
  readonly quantiles: readonly string[];
  readonly columns: { readonly item: string; readonly time: string; readonly target: string };
  /** what stands for missing values, by column and place */
  readonly filling: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** absent: all that there are, and their ensemble */
  readonly algorithms?: readonly string[];
}

/** What AutoML found to be best. */
export interface AutoMlCandidate {
  readonly name: string;
  /** what a model is made of, in the order of their calls */
  readonly containers: readonly ModelContainer[];
  /** by SageMaker's names, on windows of its own */
  readonly metrics: Readonly<Record<string, number>>;
}

export type AutoMlState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'running'; readonly status: string }
  | { readonly kind: 'completed'; readonly candidate: AutoMlCandidate }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'stopped'; readonly reason: string };

type Started = { readonly kind: 'started' };
type Stopping = { readonly kind: 'stopping' };

/** Asks for a job. One of this name that is there already is the one: an earlier attempt asked for it. */
export function startAutoMl(client: SageMakerClient, settings: SageMakerSettings, order: AutoMlOrder) {
  return calling<Started | Busy>(
    async () => {
      await client.send(new CreateAutoMLJobV2Command(requestOf(settings, order)));
      return { kind: 'started' };
    },
    (name, message) => (isTaken(name, message) ? { kind: 'started' } : undefined),
  );
}

function requestOf(
  { automlRoleArn, maxRuntimeSeconds }: SageMakerSettings,
  order: AutoMlOrder,
): CreateAutoMLJobV2CommandInput {
  return {
    AutoMLJobName: order.name,
    RoleArn: automlRoleArn,
    AutoMLJobInputDataConfig: [
      {
        ChannelType: 'training',
        ContentType: 'text/csv;header=present',
        CompressionType: 'None',
        DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: order.input } },
      },
    ],
    OutputDataConfig: { S3OutputPath: order.output },
    AutoMLProblemTypeConfig: { TimeSeriesForecastingJobConfig: configOf(order, maxRuntimeSeconds) },
    // The loss that forecasts with quantiles are judged by here, too.
    AutoMLJobObjective: { MetricName: 'AverageWeightedQuantileLoss' },
  };
}

function configOf(order: AutoMlOrder, maxRuntimeSeconds: number): TimeSeriesForecastingJobConfig {
  const { frequency, horizon, quantiles, columns, filling, algorithms } = order;
  return {
    ForecastFrequency: frequency,
    ForecastHorizon: horizon,
    ForecastQuantiles: [...quantiles],
    TimeSeriesConfig: {
      ItemIdentifierAttributeName: columns.item,
      TimestampAttributeName: columns.time,
      TargetAttributeName: columns.target,
    },
    Transformations: { Filling: Object.fromEntries(Object.entries(filling).map(([name, how]) => [name, { ...how }])) },
    CompletionCriteria: { MaxAutoMLJobRuntimeInSeconds: maxRuntimeSeconds },
    ...(algorithms === undefined
      ? {}
      : {
          CandidateGenerationConfig: {
            AlgorithmsConfig: [{ AutoMLAlgorithms: [...algorithms] as AutoMLAlgorithm[] }],
          },
        }),
  };
}

/** How a job is. */
export function describeAutoMl(client: SageMakerClient, name: string): Promise<AutoMlState | Busy> {
  return calling<AutoMlState | Busy>(
    async () => stateOf(await client.send(new DescribeAutoMLJobV2Command({ AutoMLJobName: name }))),
    (error, message) => (isAbsent(error, message) ? { kind: 'absent' } : undefined),
  );
}

function stateOf(job: DescribeAutoMLJobV2CommandOutput): AutoMlState {
  const { AutoMLJobStatus, AutoMLJobSecondaryStatus = 'Starting', FailureReason, BestCandidate } = job;
  switch (AutoMLJobStatus) {
    case 'Completed': {
      const candidate = BestCandidate === undefined ? undefined : candidateOf(BestCandidate);
      if (candidate !== undefined) return { kind: 'completed', candidate };
      return { kind: 'failed', reason: FailureReason ?? withoutCandidate(AutoMLJobSecondaryStatus) };
    }
    case 'Failed':
      return { kind: 'failed', reason: FailureReason ?? 'SageMaker gave no reason' };
    case 'Stopped':
      return { kind: 'stopped', reason: 'somebody stopped it' };
    default:
      return { kind: 'running', status: AutoMLJobSecondaryStatus };
  }
}

function withoutCandidate(status: string): string {
  if (status === 'MaxAutoMLJobRuntimeReached') return 'no candidate was found within SAGEMAKER_MAX_RUNTIME_SECONDS';
  return 'it ended without a candidate';
}

function candidateOf(best: AutoMLCandidate): AutoMlCandidate | undefined {
  const found = best.InferenceContainers ?? best.InferenceContainerDefinitions?.CPU ?? [];
  if (found.length === 0) return undefined;
  const measured = best.CandidateProperties?.CandidateMetrics ?? [];
  return {
    name: best.CandidateName ?? '',
    containers: found.map(({ Image = '', ModelDataUrl = '', Environment = {} }) => ({
      image: Image,
      artifact: ModelDataUrl,
      environment: { ...Environment },
    })),
    metrics: Object.fromEntries(
      measured.flatMap(({ MetricName, Value }) =>
        MetricName === undefined || Value === undefined ? [] : [[MetricName, Value] as const],
      ),
    ),
  };
}

/** Stops a job; one that has ended or never was needs nothing. It cannot be deleted: SageMaker keeps a list of all. */
export function stopAutoMl(client: SageMakerClient, name: string): Promise<Stopping | Busy> {
  return calling<Stopping | Busy>(
    async () => {
      await client.send(new StopAutoMLJobCommand({ AutoMLJobName: name }));
      return { kind: 'stopping' };
    },
    (error, message) => (isOver(error, message) ? { kind: 'stopping' } : undefined),
  );
}
