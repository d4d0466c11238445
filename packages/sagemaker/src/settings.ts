import { Problem } from '@bellwether/contracts';
import { xgboostImage } from './image.ts';

/** Environment variables, as far as SageMaker goes. */
export interface SageMakerVariables {
  readonly AWS_REGION: string;
  readonly AWS_ENDPOINT_URL?: string | undefined;
  readonly AWS_ENDPOINT_URL_SAGEMAKER?: string | undefined;
  readonly OBJECT_STORE: 'files' | 's3';
  readonly S3_BUCKET: string;
  readonly SAGEMAKER_ROLE_ARN?: string | undefined;
  readonly SAGEMAKER_AUTOML_ROLE_ARN?: string | undefined;
  readonly SAGEMAKER_BUCKET?: string | undefined;
  readonly SAGEMAKER_IMAGE_URI?: string | undefined;
  readonly SAGEMAKER_INSTANCE_TYPE: string;
  readonly SAGEMAKER_VOLUME_GB: number;
  readonly SAGEMAKER_MAX_RUNTIME_SECONDS: number;
}

export interface SageMakerSettings {
  readonly region: string;
  readonly endpoint?: string;
  /** of S3 */
  readonly storageEndpoint?: string;
  /** what SageMaker's instances may do; they read and write the bucket */
  readonly roleArn: string;
  /** what AutoML and the models that it finds may do: AutoML starts jobs of its own with it */
  readonly automlRoleArn: string;
  readonly bucket: string;
  readonly image: string;
  readonly instanceType: string;
  readonly volumeGigabytes: number;
  readonly maxRuntimeSeconds: number;
}

/**
 * What the configuration says about SageMaker.
 *
 * @throws Problem `sagemaker-not-configured` naming every variable that is missing; `sagemaker-region-unknown`
 */
export function sageMakerSettings(variables: SageMakerVariables): SageMakerSettings {
  const roleArn = variables.SAGEMAKER_ROLE_ARN;
  const bucket = variables.SAGEMAKER_BUCKET ?? (variables.OBJECT_STORE === 's3' ? variables.S3_BUCKET : undefined);
  if (roleArn === undefined || bucket === undefined) throw notConfigured(roleArn, bucket);
  const region = variables.AWS_REGION;
  const storageEndpoint = variables.AWS_ENDPOINT_URL;
  const endpoint = variables.AWS_ENDPOINT_URL_SAGEMAKER ?? storageEndpoint;
  return {
    region,
    roleArn,
    automlRoleArn: variables.SAGEMAKER_AUTOML_ROLE_ARN ?? roleArn,
    bucket,
    image: variables.SAGEMAKER_IMAGE_URI ?? xgboostImage(region),
    instanceType: variables.SAGEMAKER_INSTANCE_TYPE,
    volumeGigabytes: variables.SAGEMAKER_VOLUME_GB,
    maxRuntimeSeconds: variables.SAGEMAKER_MAX_RUNTIME_SECONDS,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(storageEndpoint === undefined ? {} : { storageEndpoint }),
  };
}

function notConfigured(roleArn: string | undefined, bucket: string | undefined): Problem {
  const missing = [
    ...(roleArn === undefined ? ['SAGEMAKER_ROLE_ARN (the role that its instances take)'] : []),
    ...(bucket === undefined ? ['SAGEMAKER_BUCKET (the S3 bucket that both sides reach)'] : []),
  ];
  return new Problem(422, 'sagemaker-not-configured', `SageMaker cannot be used without ${missing.join(' and ')}.`, {
    field: 'backend',
    cure: 'Set it where the services start, or ask for backend "local".',
  });
}
