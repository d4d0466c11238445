import { expect, test } from '@jest/globals';
import { allRows, categorical, columnsOfKind, expectClose, frameOf, numeric, oracle } from '../../test/oracle.ts';
import {
  densePreparation,
  encodeRows,
  type FittedInput,
  featureNames,
  fitPreprocessing,
  type Preparation,
} from '../index.ts';
import { treePreparation } from './preparation.ts';

interface Recorded {
  numbers: (number | null)[];
  numbersEncoded: number[][];
  levels: string[];
  capped: number[][];
  full: number[][];
  probe: string[];
  probeCapped: number[][];
  probeFull: number[][];
  gaps: (string | null)[];
  gapsFilled: number[][];
  flags: (number | null)[];
  flagsFilled: number[];
}

const recorded = oracle<Recorded>('preprocessing');

const encodeLevels = (values: (string | null)[], probe: (string | null)[], preparation: Partial<Preparation>) => {
  const frame = frameOf(categorical('c', values));
  const inputs = fitPreprocessing({
    frame,
    inputs: columnsOfKind('categorical', 'c'),
    rows: allRows(frame),
    preparation: { ...densePreparation, ...preparation },
  });
  const probed = frameOf(categorical('c', probe));
  return { names: featureNames(inputs), values: encodeRows(inputs, probed, allRows(probed)).values };
};

test('numbers are filled with the median, flagged and scaled as scikit-learn does', () => {
  const frame = frameOf(numeric('n', recorded.numbers));
  const rows = allRows(frame);
  const inputs = fitPreprocessing({
    frame,
    inputs: columnsOfKind('numeric', 'n'),
    rows,
    preparation: densePreparation,
  });
  expect(featureNames(inputs)).toEqual(['n', 'n is missing']);
  expectClose(encodeRows(inputs, frame, rows).values, recorded.numbersEncoded.flat(), 1e-11);
});

test('booleans are filled with the most frequent value', () => {
  const frame = frameOf(numeric('b', recorded.flags));
  const rows = allRows(frame);
  const preparation = { ...densePreparation, scale: false, missingIndicators: false };
  const inputs = fitPreprocessing({ frame, inputs: columnsOfKind('boolean', 'b'), rows, preparation });
  expect([...encodeRows(inputs, frame, rows).values]).toEqual(recorded.flagsFilled);
});

test('one-hot columns equal those of scikit-learn, and an unseen level is all zeros', () => {
  const { names, values } = encodeLevels(recorded.levels, recorded.levels, {});
  expect(names).toEqual(['c = black', 'c = blue', 'c = green', 'c = red', 'c = white']);
  expect([...values]).toEqual(recorded.full.flat());
  expect([...encodeLevels(recorded.levels, recorded.probe, {}).values]).toEqual(recorded.probeFull.flat());
});

test('above the cap, rare and unseen levels share a column, as in scikit-learn', () => {
  const { names, values } = encodeLevels(recorded.levels, recorded.levels, { maxLevels: 4 });
  expect(names).toEqual(['c = blue', 'c = green', 'c = red', 'c is other']);
  expect([...values]).toEqual(recorded.capped.flat());
  const probed = encodeLevels(recorded.levels, recorded.probe, { maxLevels: 4 });
  expect([...probed.values]).toEqual(recorded.probeCapped.flat());
});

test('missing categories become the most frequent one when asked for, as in scikit-learn', () => {
  const { values } = encodeLevels(recorded.gaps, recorded.gaps, { missingCategory: 'most-frequent' });
  expect([...values]).toEqual(recorded.gapsFilled.flat());
});

test('missing categories have a column of their own when training has some', () => {
  const { names, values } = encodeLevels(['a', null, 'b'], ['b', null, 'z', ''], {});
  expect(names).toEqual(['c = a', 'c = b', 'c is missing']);
  expect([...values]).toEqual(
    [
      [0, 1, 0],
      [0, 0, 1],
      [0, 0, 0],
      [0, 0, 1],
    ].flat(),
  );
  expect([...encodeLevels(['a', 'b'], [null], {}).values]).toEqual([0, 0]);
});

test('ordinal levels are numbers, and NaN for a learner that takes missing values', () => {
  const ordinal = { categories: 'ordinal', missingCategory: 'most-frequent' } as const;
  expect([...encodeLevels(['b', 'a', 'b'], ['a', 'b', 'z', null], ordinal).values]).toEqual([0, 1, 1, 1]);
  const native = { categories: 'ordinal', impute: false } as const;
  expect([...encodeLevels(['b', 'a', 'b'], ['a', 'b', 'z', null], native).values]).toEqual([0, 1, NaN, NaN]);
});

test('text, id-like and all-missing inputs are unused, and the first two may be absent', () => {
  const frame = frameOf(numeric('n', [1, 2]), numeric('empty', [null, null]), categorical('none', [null, null]));
  const inputs = [
    ...columnsOfKind('text', 'essay'),
    ...columnsOfKind('numeric', 'n', 'empty'),
    ...columnsOfKind('id-like', 'key'),
    ...columnsOfKind('categorical', 'none'),
  ];
  const fitted = fitPreprocessing({ frame, inputs, rows: allRows(frame), preparation: densePreparation });
  expect(fitted.map(({ unusedBecause }) => unusedBecause)).toEqual([
    'text',
    undefined,
    'all-missing',
    'id-like',
    'all-missing',
  ]);
  expect(encodeRows(fitted, frame, allRows(frame)).columns).toBe(1);
});

test('a constant column is encoded as zeros, even when its mean is not exact', () => {
  const frame = frameOf(numeric('n', [0.1, 0.1, 0.1]), numeric('t', [1.7e12, 1.7e12, 1.7e12]));
  const inputs = columnsOfKind('numeric', 'n', 't');
  const fitted = fitPreprocessing({ frame, inputs, rows: allRows(frame), preparation: densePreparation });
  expectClose(encodeRows(fitted, frame, allRows(frame)).values, [0, 0, 0, 0, 0, 0], 1e-12);
});

test('a later table may hold the same values as another type', () => {
  const frame = frameOf(numeric('n', [1, 2, 3]), categorical('c', ['7', '8', '7']));
  const inputs = [...columnsOfKind('numeric', 'n'), ...columnsOfKind('categorical', 'c')];
  const fitted = fitPreprocessing({ frame, inputs, rows: allRows(frame), preparation: densePreparation });
  const later = frameOf(categorical('n', ['1', '2', '3']), numeric('c', [7, 8, 7]));
  expect(encodeRows(fitted, later, allRows(later))).toEqual(encodeRows(fitted, frame, allRows(frame)));
  const wrong = frameOf(categorical('n', ['1', 'two', '3']), numeric('c', [7, 8, 7]));
  expect(() => encodeRows(fitted, wrong, allRows(wrong))).toThrow(
    expect.objectContaining({ code: 'column-type-mismatch', options: expect.objectContaining({ field: 'n' }) }),
  );
});

test('for trees categories are numbers in the order of the target’s mean, missing and unknown ones NaN', () => {
  const colors = ['red', 'green', 'blue', null, 'green', 'red', 'blue', 'blue'];
  const y = Float64Array.from([9, 1, 5, 7, 1, 9, 5, 5]);
  const frame = frameOf(categorical('color', colors));
  const options = {
    frame,
    inputs: columnsOfKind('categorical', 'color'),
    rows: allRows(frame),
    preparation: treePreparation,
  };

  const [ordered] = fitPreprocessing({ ...options, y });
  const [plain] = fitPreprocessing(options);
  const later = frameOf(categorical('color', ['blue', 'violet', null, 'green']));

  expect(ordered?.encoding).toMatchObject({ type: 'ordinal', levels: ['green', 'blue', 'red'] });
  expect(plain?.encoding).toMatchObject({ type: 'one-hot', levels: ['blue', 'green', 'red'], slots: 4 });
  expect([...encodeRows([ordered as FittedInput], later, allRows(later)).values]).toEqual([
    1,
    Number.NaN,
    Number.NaN,
    0,
  ]);
});

test('a rare category’s place is nearer to the middle than its own rows say', () => {
  const names = [...Array(40).fill('low'), ...Array(40).fill('high'), 'rare'];
  const y = Float64Array.from(names, (name) => (name === 'low' ? 1 : name === 'high' ? 2 : 9));
  const frame = frameOf(categorical('c', names));
  const inputs = columnsOfKind('categorical', 'c');

  const [fitted] = fitPreprocessing({ frame, inputs, rows: allRows(frame), preparation: treePreparation, y });

  // One row of 9 is no proof of more than 2: with ten rows of the mean of all, 1.6, its mean is 2.3, and 1.9 that of `high`.
  expect(fitted?.encoding).toMatchObject({ levels: ['low', 'high', 'rare'] });
  const [modest] = fitPreprocessing({
    frame,
    inputs,
    rows: allRows(frame),
    preparation: treePreparation,
    y: y.map((value) => (value === 9 ? 3 : value)),
  });
  expect(modest?.encoding).toMatchObject({ levels: ['low', 'rare', 'high'] });
});
