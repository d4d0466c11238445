import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { pack } from 'tar-stream';
import { archiveOfModel, modelOfArchive } from './model-archive.ts';

const model = Uint8Array.of(123, 76, 0, 1, 2);

async function archiveOf(...names: string[]): Promise<Uint8Array> {
  const archive = pack();
  archive.entry({ name: './', type: 'directory' });
  for (const name of names) archive.entry({ name }, Buffer.from(model));
  archive.finalize();
  return await promisify(gzip)(await buffer(archive));
}

test('a model that is packed for SageMaker comes out as it was', async () => {
  expect([...(await modelOfArchive(await archiveOfModel(model)))]).toEqual([...model]);
});

test('folders and other files beside the model do no harm', async () => {
  expect([...(await modelOfArchive(await archiveOf('notes.txt', './xgboost-model')))]).toEqual([...model]);
});

test.each([
  ['an archive without a model', () => archiveOf('model.pkl'), /no file xgboost-model, but model.pkl/],
  ['an empty archive', () => archiveOf(), /but none/],
  ['what is no archive', async () => Uint8Array.of(1, 2, 3), /cannot be read/],
])('%s is refused', async (_, make, message) => {
  const archive = await make();

  await expect(modelOfArchive(archive)).rejects.toMatchObject({
    code: 'sagemaker-artifact',
    message: expect.stringMatching(message),
  });
});
