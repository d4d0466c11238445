import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { artifactOf, inferenceCase, keyOf, twoVersions } from '../../test/inference-case.ts';
import { championAgeMs, unreadableAgeMs } from './loaded-models.ts';

test('the champion predicts, and a given version beside it', async () => {
  await using inference = await inferenceCase();
  const { models } = inference.deps;

  const [champion, given] = [await models.get('t1', 'm'), await models.get('t1', 'm', 2)];

  expect([champion, given].map(({ version, predictor }) => [version, predictor.predict([[1, 2]]).predictions])).toEqual(
    [
      [1, [10]],
      [2, [20]],
    ],
  );
});

test('requests at once wait for one load', async () => {
  await using inference = await inferenceCase();
  const { models } = inference.deps;

  const loaded = await Promise.all(Array.from({ length: 20 }, () => models.get('t1', 'm')));

  expect(new Set(loaded).size).toBe(1);
  expect(inference.brought).toEqual([keyOf(1)]);
});

test('a known champion answers without waiting', async () => {
  await using inference = await inferenceCase();
  const { models } = inference.deps;
  const loaded = await models.get('t1', 'm');

  expect(models.get('t1', 'm')).toBe(loaded);
});

test('a promotion that nobody told of takes effect when the answer is old enough, and not before', async () => {
  await using inference = await inferenceCase();
  const { models } = inference.deps;
  await models.get('t1', 'm');
  await inference.promote(2);

  inference.setClock(1000 + championAgeMs - 1);
  const before = (await models.get('t1', 'm')).version;
  inference.setClock(1000 + championAgeMs);
  const after = (await models.get('t1', 'm')).version;

  expect([before, after]).toEqual([1, 2]);
});

test('a roll back takes effect like a promotion, without another load', async () => {
  await using inference = await inferenceCase();
  const { models } = inference.deps;
  for (const [clock, version] of [1, 2, 1].entries()) {
    await inference.promote(version);
    inference.setClock(1000 + clock * championAgeMs);
    expect((await models.get('t1', 'm')).version).toBe(version);
  }

  expect(inference.brought).toEqual([keyOf(1), keyOf(2)]);
});

test('who hears of a promotion has it at once', async () => {
  await using inference = await inferenceCase();
  const { models } = inference.deps;
  await models.get('t1', 'm');
  await inference.promote(2);

  await models.refresh('t1', 'm');

  expect((await models.get('t1', 'm')).version).toBe(2);
});

test('a load that lasts does not undo a promotion that was seen meanwhile', async () => {
  let arrive: () => void = () => undefined;
  const late = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await using inference = await inferenceCase(twoVersions, async (key) => {
    if (key === keyOf(1)) await late;
  });
  const { models } = inference.deps;

  const slow = models.refresh('t1', 'm');
  while (inference.brought.length === 0) await turn();
  await inference.promote(2);
  inference.setClock(1100);
  await models.refresh('t1', 'm');
  arrive();
  await slow;

  expect((await models.get('t1', 'm')).version).toBe(2);
});

test.each([
  ['a model that is not there', 'nowhere', undefined, { status: 404, code: 'model-not-found' }],
  ['a version that is not there', 'm', 9, { status: 404, code: 'version-not-found' }],
  ['a user’s first model', 'default', undefined, { status: 409, code: 'model-not-trained' }],
])('%s is refused', async (_, model, version, expected) => {
  await using inference = await inferenceCase();

  await expect(inference.deps.models.get('t1', model, version)).rejects.toMatchObject(expected);
});

test('another tenant’s model is not there, though it is loaded', async () => {
  await using inference = await inferenceCase();
  const { models } = inference.deps;
  await models.get('t1', 'm');

  await expect(models.get('t2', 'm')).rejects.toMatchObject({ code: 'model-not-found' });
  await expect(models.get('t2', 'm', 1)).rejects.toMatchObject({ code: 'version-not-found' });
});

test.each([
  ['damaged', (of: Awaited<ReturnType<typeof inferenceCase>>) => of.store.put(keyOf(1), new Uint8Array(9))],
  ['gone', (of: Awaited<ReturnType<typeof inferenceCase>>) => of.store.delete(keyOf(1))],
])('an artifact that is %s is our fault, says the cure, and is not brought for each request', async (_, spoil) => {
  await using inference = await inferenceCase();
  const { models } = inference.deps;
  await spoil(inference);

  for (const _request of [1, 2, 3]) {
    await expect(models.get('t1', 'm')).rejects.toMatchObject({
      status: 500,
      code: 'model-unreadable',
      options: { cure: expect.stringContaining('PUT /v1/models/m/champion') },
    });
  }

  expect(inference.brought).toEqual([keyOf(1)]);
  expect((await models.get('t1', 'm', 2)).version).toBe(2);
});

test('an artifact that was mended is read again after a while', async () => {
  await using inference = await inferenceCase();
  const { models } = inference.deps;
  await inference.store.delete(keyOf(1));
  await expect(models.get('t1', 'm')).rejects.toMatchObject({ code: 'model-unreadable' });
  await inference.store.put(keyOf(1), await artifactOf(10));

  inference.setClock(1000 + unreadableAgeMs);

  expect((await models.get('t1', 'm')).version).toBe(1);
});

test('a store that does not answer once is asked again by the next request', async () => {
  let fails = true;
  await using inference = await inferenceCase(twoVersions, async () => {
    if (fails) throw new Error('connection reset');
  });
  const { models } = inference.deps;

  await expect(models.get('t1', 'm')).rejects.toThrow('connection reset');
  fails = false;

  expect((await models.get('t1', 'm')).version).toBe(1);
});
