import type { Operation } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { z } from 'zod';
import { addRestApi } from './add-rest-api.ts';

const train: Operation = {
  method: 'post',
  path: '/train',
  service: 'training',
  tag: 't',
  summary: 's',
  body: z.object({ userID: z.string() }),
  success: { status: 202, description: 'd' },
};

/** Logical id of the deployment: a new one is a new snapshot of the API. */
function deploymentId(operation: Operation, url = 'http://127.0.0.1:1'): string {
  const stack = new Stack(new App(), 'S');
  const api = addRestApi(stack, 'Api', {
    name: 'n',
    description: 'd',
    operations: { train: operation },
    backends: { url: () => url },
    stage: { stageName: 'test' },
  });
  return stack.resolve(api.latestDeployment?.deploymentId).Ref;
}

test('whatever a stage would else go on serving as it was makes a new deployment', () => {
  const first = deploymentId(train);
  expect(deploymentId(train)).toBe(first);
  expect(deploymentId(train, 'http://127.0.0.1:2')).not.toBe(first);
  expect(deploymentId({ ...train, path: '/trains' })).not.toBe(first);
  expect(deploymentId({ ...train, body: z.object({ userID: z.string().max(9) }) })).not.toBe(first);
});
