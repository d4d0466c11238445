import { expect, test } from '@jest/globals';
import { type SageMakerVariables, sageMakerSettings } from './settings.ts';

const least: SageMakerVariables = {
  AWS_REGION: 'eu-west-1',
  OBJECT_STORE: 'files',
  S3_BUCKET: 'bellwether',
  SAGEMAKER_INSTANCE_TYPE: 'ml.m5.xlarge',
  SAGEMAKER_VOLUME_GB: 30,
  SAGEMAKER_MAX_RUNTIME_SECONDS: 3600,
};
const role = 'arn:aws:iam::123456789012:role/sagemaker';

test('every variable that is missing is named at once', () => {
  expect(() => sageMakerSettings(least)).toThrow(/without SAGEMAKER_ROLE_ARN.*SAGEMAKER_BUCKET/);
  expect(() => sageMakerSettings({ ...least, OBJECT_STORE: 's3' })).toThrow(/without SAGEMAKER_ROLE_ARN \([^)]*\)\.$/);
});

test('the bucket of the object store serves when there is no other', () => {
  const stored = { ...least, OBJECT_STORE: 's3', SAGEMAKER_ROLE_ARN: role } as const;

  expect(sageMakerSettings(stored)).toMatchObject({ bucket: 'bellwether', roleArn: role });
  expect(sageMakerSettings({ ...stored, SAGEMAKER_BUCKET: 'other' }).bucket).toBe('other');
});

test('SageMaker may have an endpoint of its own; the image may be another', () => {
  const settings = sageMakerSettings({
    ...least,
    SAGEMAKER_ROLE_ARN: role,
    SAGEMAKER_BUCKET: 'b',
    SAGEMAKER_IMAGE_URI: 'mine:1',
    AWS_ENDPOINT_URL: 'http://s3',
    AWS_ENDPOINT_URL_SAGEMAKER: 'http://sagemaker',
  });

  expect(settings).toMatchObject({ endpoint: 'http://sagemaker', storageEndpoint: 'http://s3', image: 'mine:1' });
});
