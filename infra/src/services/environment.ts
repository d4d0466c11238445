import type { Service } from '@bellwether/contracts';
import type { Config } from '@bellwether/platform';
import { defaults } from '../defaults.ts';
import { containerPort } from './ports.ts';
import { sizes } from './sizes.ts';

/** Variables of a service by the names of the configuration: one that is renamed there is a type error here. */
export type Environment = Readonly<Partial<Record<keyof Config, string>>>;

/** How long a task that must stop may finish what is in flight: a request of 29 s, a message of the usual length. */
export const graceSeconds = 60;
/**
 * When Fargate kills a task that was told to stop; 120 at most. A process ends at the latest 5 s after its grace, and
 * what it did not finish is on its queue again by then.
 */
export const stopTimeoutSeconds = graceSeconds + 15;

export interface EnvironmentOptions {
  readonly queuePrefix: string;
  readonly bucketName: string;
  readonly region: string;
  /** of the platform's API, for links in answers */
  readonly publicUrl: string;
  /** of SageMaker's instances; TRAINING_BACKEND stays local, and a request may ask for sagemaker */
  readonly sageMakerRoleArn: string;
  /** of AutoML, which starts jobs of its own */
  readonly autoMlRoleArn: string;
}

/** All that a service's task is told, but the URLs of the database and the warehouse, which are secrets. */
export function environmentOf(service: Service, options: EnvironmentOptions): Environment {
  return {
    HOST: '0.0.0.0',
    PORT: String(containerPort),
    AUTH: 'keys',
    PUBLIC_URL: options.publicUrl,
    QUEUE: 'sqs',
    QUEUE_PREFIX: options.queuePrefix,
    OBJECT_STORE: 's3',
    S3_BUCKET: options.bucketName,
    AWS_REGION: options.region,
    WAREHOUSE: 'mysql',
    // The task's own disk, gone with it: nothing in it is the truth.
    DATA_DIR: '/tmp/bellwether',
    VISIBILITY_SECONDS: String(defaults.VISIBILITY_SECONDS),
    SHUTDOWN_GRACE_SECONDS: String(graceSeconds),
    ...(service === 'training' ? { TRIAL_WORKERS: String(sizes.training.cpu / 1024) } : {}),
    // ingest asks SageMaker for nothing: it refuses forecasts there where nobody could.
    ...(['ingest', 'training', 'inference'].includes(service)
      ? { SAGEMAKER_ROLE_ARN: options.sageMakerRoleArn, SAGEMAKER_AUTOML_ROLE_ARN: options.autoMlRoleArn }
      : {}),
  };
}
