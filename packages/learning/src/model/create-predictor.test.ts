import { expect, test } from '@jest/globals';
import { allRows } from '../../test/oracle.ts';
import { asObject, fitShop, shop, shopInputs, shopInstances } from '../../test/tables.ts';
import { createPredictor, type Model, predictRows } from '../index.ts';

const fits = ['baseline', 'linear', 'svm', 'neural', 'xgboost', 'random-forest'].flatMap(
  (algorithm): [string, Promise<Model>][] => [
    [`${algorithm} regression`, fitShop('price', { algorithm })],
    [`${algorithm} regression of the logarithm`, fitShop('price', { algorithm, logTarget: true })],
    [`${algorithm} binary classification`, fitShop('sold', { algorithm })],
    [`${algorithm} multiclass classification`, fitShop('grade', { algorithm })],
  ],
);
const models = await Promise.all(fits.map(async ([name, model]) => [name, await model] as const));

test.each(models)('single instances predict as rows of a table, bit for bit: %s', (_name, model) => {
  const predictor = createPredictor(model);
  const byArray = predictor.predict(shopInstances);
  const batch = predictRows(model, shop, allRows(shop));
  if (batch.task === 'regression') expect(byArray.predictions).toEqual([...batch.values]);
  else {
    expect(byArray.predictions).toEqual([...batch.labels].map((label) => predictor.labels?.[label]));
    expect(byArray.probabilities?.flat()).toEqual(batch.probabilities && [...batch.probabilities]);
  }
  expect(predictor.predict(shopInstances.map(asObject))).toEqual(byArray);
  const oneByOne = shopInstances.map((instance) => predictor.predict([instance]).predictions[0]);
  expect(oneByOne).toEqual(byArray.predictions);
});

test('labels come back as they were uploaded: numbers, booleans, strings', async () => {
  const labelsOf = async (target: string) => createPredictor(await fitShop(target)).labels;
  expect(await labelsOf('rank')).toEqual([0, 1, 2]);
  expect(await labelsOf('sold')).toEqual([false, true]);
  expect(await labelsOf('grade')).toEqual(['A', 'B', 'C']);
});

test('probabilities belong to the labels in order, and sum to 1', async () => {
  const { labels, predict } = createPredictor(await fitShop('grade'));
  const { predictions, probabilities = [] } = predict(shopInstances);
  for (const [index, own] of probabilities.entries()) {
    expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    expect(labels?.[own.indexOf(Math.max(...own))]).toBe(predictions[index]);
  }
  expect(probabilities.length).toBe(10);
});

test('a support vector classifier gives no probabilities', async () => {
  const { predict } = createPredictor(await fitShop('grade', { algorithm: 'svm' }));
  expect(predict(shopInstances).probabilities).toBeUndefined();
});

const predictor = createPredictor(await fitShop('price'));
const first = shopInstances[0] as unknown[];
const withValue = (column: string, value: unknown): unknown[] =>
  first.map((old, index) => (shopInputs[index]?.name === column ? value : old));

test.each([
  ['a number as text', 'carat', 0.5, ' 0.5 '],
  ['a number as bigint', 'carat', 2, 2n],
  ['NaN, as binary tensors have it, as missing', 'carat', null, Number.NaN],
  ['a boolean as number', 'gift', true, 1],
  ['a boolean as text', 'gift', false, 'False'],
  ['a time as milliseconds', 'day', '2024-01-03T00:00:00Z', Date.UTC(2024, 0, 3)],
  ['a time with a zone', 'day', '2024-01-03T00:00:00Z', '2024-01-03 02:30:00+02:30'],
  ['a date as UTC midnight', 'day', '2024-01-03T00:00:00.000Z', '2024-01-03'],
  ['a time without a zone as UTC', 'day', '2024-01-03T05:06:07.5Z', '2024-01-03T05:06:07.500'],
  ['an empty category as missing', 'cut', null, ''],
])('an instance may hold %s', (_name, column, plain, other) => {
  expect(predictor.predict([withValue(column, other)])).toEqual(predictor.predict([withValue(column, plain)]));
});

test('each value of an instance matters, so that the equalities above say something', () => {
  const base = predictor.predict([first]).predictions[0];
  for (const [column, value] of [
    ['carat', 3],
    ['gift', null],
    ['gift', false],
    ['day', '2024-02-01'],
    ['cut', 'Fair'],
  ]) {
    expect(predictor.predict([withValue(column as string, value)]).predictions[0]).not.toBe(base);
  }
});

test.each([
  ['text in a number', 'carat', 'abc', 'instances[0][0]'],
  ['"NaN" as text', 'carat', 'NaN', 'instances[0][0]'],
  ['"Infinity" as text', 'carat', 'Infinity', 'instances[0][0]'],
  ['an empty string in a number', 'carat', '', 'instances[0][0]'],
  ['an infinite number', 'carat', Number.POSITIVE_INFINITY, 'instances[0][0]'],
  ['a number that overflows', 'carat', '1e999', 'instances[0][0]'],
  ['a boolean in a number', 'carat', true, 'instances[0][0]'],
  ['an object', 'carat', {}, 'instances[0][0]'],
  ['undefined', 'carat', undefined, 'instances[0][0]'],
  ['an array as category', 'cut', ['Ideal'], 'instances[0][2]'],
  ['2 as a boolean', 'gift', 2, 'instances[0][3]'],
  ['a date that does not exist', 'day', '2024-02-30', 'instances[0][4]'],
  ['a time in words', 'day', 'yesterday', 'instances[0][4]'],
])('%s is refused with the field and a cure', (_name, column, value, field) => {
  const cure = expect.stringMatching(/^Send /);
  expect(() => predictor.predict([withValue(column, value)])).toThrow(
    expect.objectContaining({ status: 422, code: 'value-refused', options: expect.objectContaining({ field, cure }) }),
  );
});

test.each<[string, unknown, string, string, RegExp]>([
  ['too few values', [1, 2], 'wrong-number-of-values', 'instances[1]', /carat, note, cut, gift, day/],
  ['too many values', [...first, 1], 'wrong-number-of-values', 'instances[1]', /carat, note, cut, gift, day/],
  ['an unknown field', { ...asObject(first), colour: 1 }, 'field-unknown', 'instances[1].colour', /Send only: carat/],
  ['the target', { ...asObject(first), price: 1 }, 'field-unknown', 'instances[1].price', /what the model predicts/],
  ['a missing field', { carat: 1 }, 'field-missing', 'instances[1].cut', /null/],
  ['a bad field', { ...asObject(first), gift: 'maybe' }, 'value-refused', 'instances[1].gift', /true or false/],
  ['a number', 3, 'instance-refused', 'instances[1]', /array|\[\[/],
  ['null', null, 'instance-refused', 'instances[1]', /array|\[\[/],
])('an instance is refused with its place: %s', (_name, instance, code, field, cure) => {
  expect(() => predictor.predict([first, instance])).toThrow(
    expect.objectContaining({ code, options: { field, cure: expect.stringMatching(cure) } }),
  );
});

test('inputs that the model does not use may be left out of an object', () => {
  const { note: _unused, ...used } = asObject(first);
  expect(predictor.predict([used])).toEqual(predictor.predict([first]));
});

test('a field that every object inherits is not taken for a value', () => {
  const { cut: _left, ...rest } = asObject(first);
  expect(() => predictor.predict([{ ...rest, constructor: 1 }])).toThrow(
    expect.objectContaining({ code: 'field-unknown' }),
  );
});

test('what one instance held does not show in the next', () => {
  const blank = first.map(() => null);
  const alone = predictor.predict([blank]);
  expect(predictor.predict([...shopInstances, blank]).predictions.at(-1)).toBe(alone.predictions[0]);
});

test.each(models)('an absurdly large value still gives a prediction that JSON can hold: %s', (_name, model) => {
  for (const carat of [Number.MAX_VALUE, -Number.MAX_VALUE]) {
    const result = createPredictor(model).predict([withValue('carat', carat)]);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  }
});
