import { readFile } from 'node:fs/promises';
import { requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { trainingCase } from '../../test/training-case.ts';
import { getArtifact } from './get-artifact.ts';

const key = 'models/t1/trial_1/at_1.tar.gz';
const fixture = new URL('../../../../packages/onnx/test/fixtures/xgboost-price.tar.gz', import.meta.url);

async function oneVersion() {
  const training = await trainingCase({ models: [{}], versions: [{ version: 1, artifact_key: key }] });
  await training.deps.store.put(key, await readFile(fixture));
  return training;
}

type Request = Parameters<typeof getArtifact>[0];
const asked = (form: 'archive' | 'onnx') => requested<Request>({ params: { name: 'm', version: 1 }, query: { form } });

test('the artifact itself is behind a signed URL', async () => {
  await using training = await oneVersion();
  const { location } = (await getArtifact(asked('archive'), training.deps)) as { location: string };
  expect(location).toContain(key);
});

test('as ONNX it is made of the artifact, and sent as a file', async () => {
  await using training = await oneVersion();

  const answer = (await getArtifact(asked('onnx'), training.deps)) as {
    status: number;
    headers: Record<string, string>;
    stream: AsyncIterable<Uint8Array>;
  };

  const chunks: Uint8Array[] = [];
  for await (const chunk of answer.stream) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  expect(answer.status).toBe(200);
  expect(answer.headers['content-length']).toBe(String(bytes.length));
  expect(answer.headers['content-disposition']).toContain('model.onnx');
  expect(bytes.includes('TreeEnsembleRegressor')).toBe(true);
});
