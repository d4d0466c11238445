import { readConfig } from '@bellwether/platform';
import { expect, test } from '@jest/globals';
import { chooseBackend } from './choose-backend.ts';

const configured = {
  SAGEMAKER_ROLE_ARN: 'arn:aws:iam::123456789012:role/sagemaker',
  SAGEMAKER_BUCKET: 'bucket',
};
const here = readConfig({});
const there = readConfig({ ...configured, TRAINING_BACKEND: 'sagemaker' });
const both = readConfig(configured);
const request = { datasetId: 'ds_1' };
const linear = { ...request, candidates: [{ algorithm: 'linear' as const }] };

test('trials run here unless the configuration or the request says otherwise', () => {
  expect(chooseBackend(request, here)).toEqual(request);
  expect(chooseBackend(request, there)).toEqual({ ...request, backend: 'sagemaker' });
  expect(chooseBackend({ ...request, backend: 'sagemaker' }, both)).toMatchObject({ backend: 'sagemaker' });
  expect(chooseBackend({ ...request, backend: 'local' }, there)).toMatchObject({ backend: 'local' });
});

test('a job with nothing for SageMaker runs here, unless SageMaker was asked for by name', () => {
  expect(chooseBackend(linear, there)).toEqual(linear);
  expect(() => chooseBackend({ ...linear, backend: 'sagemaker' }, there)).toThrow(
    expect.objectContaining({ status: 422, code: 'backend-unfit' }),
  );
});

test('a SageMaker that is not configured is refused with what is missing', () => {
  expect(() => chooseBackend({ ...request, backend: 'sagemaker' }, here)).toThrow(
    expect.objectContaining({ status: 422, code: 'sagemaker-not-configured' }),
  );
});
