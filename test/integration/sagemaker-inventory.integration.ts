import { temporaryFolder } from '@bellwether/testkit';
import { sampleKey, startFred } from '@bellwether/testkit/fred';
import { startSageMaker } from '@bellwether/testkit/sagemaker';
import { expect, test } from '@jest/globals';
import { startAll, stopAll } from '../crash/crashable-platform.ts';
import { expectInventoryStory } from '../platform/inventory-story.ts';
import { runGuide } from '../platform/run-guide.ts';
import { fiveProcesses } from '../stack/five-processes.ts';
import { ownStack } from '../stack/own-stack.ts';

test('the guide to sales and the economy, by API Gateway to five processes that train and predict on SageMaker', async () => {
  using folder = temporaryFolder();
  await using stack = await ownStack(folder.path);
  await using fred = await startFred();
  // The SDK reads its credentials from the environment and nowhere else.
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  await using sagemaker = await startSageMaker({ s3Endpoint: stack.env.AWS_ENDPOINT_URL ?? '', step: 0.1 });
  const env = {
    FRED_API_KEY: sampleKey,
    FRED_BASE_URL: fred.url,
    TRAINING_BACKEND: 'sagemaker',
    AWS_ENDPOINT_URL_SAGEMAKER: sagemaker.endpoint,
    SAGEMAKER_ROLE_ARN: 'arn:aws:iam::123456789012:role/sagemaker',
    SAGEMAKER_POLL_SECONDS: '1',
  };
  await using platform = fiveProcesses(stack, { folder: folder.path, env });
  await startAll(platform);
  try {
    expectInventoryStory(await runGuide('inventory.md', platform.url, folder.path));

    const operations = (await sagemaker.calls()).map(({ operation }) => operation);
    expect(operations.filter((operation) => operation === 'CreateTrainingJob')).toHaveLength(2);
    // By /inference; the command line predicts where it is told to, here.
    expect(operations.filter((operation) => operation === 'CreateTransformJob')).toHaveLength(1);
  } finally {
    await stopAll(platform);
  }
}, 600_000);
