import { readConfig } from '@bellwether/platform';
import { expect, test } from '@jest/globals';
import { checkDefaultBackend, lazyRemote } from './remote.ts';

test('a default of SageMaker without what it needs ends the start with what is missing', () => {
  const config = readConfig({ TRAINING_BACKEND: 'sagemaker', SAGEMAKER_BUCKET: 'b' });

  expect(() => checkDefaultBackend(config)).toThrow(
    expect.objectContaining({ code: 'bad-config', message: expect.stringContaining('SAGEMAKER_ROLE_ARN') }),
  );
  expect(() => checkDefaultBackend(readConfig({}))).not.toThrow();
});

test('nothing is opened before it is used, and what could not be opened is tried again', async () => {
  const remote = lazyRemote(readConfig({}));

  expect(remote.isConfigured).toBe(false);
  await expect(remote.open()).rejects.toMatchObject({ code: 'sagemaker-not-configured' });
  await expect(remote.open()).rejects.toMatchObject({ code: 'sagemaker-not-configured' });
  await remote.close();
});
