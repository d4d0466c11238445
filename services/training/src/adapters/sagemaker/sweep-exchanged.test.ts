import { expect, test } from '@jest/globals';
import { remoteCase } from '../../../test/remote-case.ts';
import { sweepExchanged } from './sweep-exchanged.ts';

test('what ended trials exchanged with SageMaker is deleted; open ones keep theirs, and strangers too', async () => {
  await using training = await remoteCase({
    trials: [
      { id: 'trial_1', status: 'succeeded' },
      { id: 'trial_2', position: 1 },
    ],
  });
  for (const trial of ['trial_1', 'trial_2', 'trial_of_another_database']) {
    await training.deps.store.put(`sagemaker/t1/${trial}/train/rows.csv`, Buffer.from('1,2\n'));
  }

  expect(await sweepExchanged(training.deps)).toBe(1);
  expect(await training.keys('sagemaker/')).toEqual([
    'sagemaker/t1/trial_2/train/rows.csv',
    'sagemaker/t1/trial_of_another_database/train/rows.csv',
  ]);
});

test('where SageMaker is not configured, nobody looks for it', async () => {
  await using training = await remoteCase();
  const remote = {
    isConfigured: false,
    open: async () => {
      throw new Error('SageMaker was not to be asked');
    },
    close: async () => undefined,
  };

  expect(await sweepExchanged({ ...training.deps, remote })).toBe(0);
});
