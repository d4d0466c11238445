import { expect, test } from '@jest/globals';
import { mayHold, nameRange } from './panel-index.ts';

const chunk = (...items: string[]) => {
  const names = nameRange(items);
  return { file: 'c', items: items.length, ...(names === undefined ? {} : { names }) };
};

test('only chunks whose names are about an item may hold it', () => {
  const chunks = [chunk('a', 'b', 'd'), chunk('e', 'f'), chunk('Z', 'ü')];
  const holding = (...items: string[]) => chunks.map((one) => mayHold(one, items));
  expect(holding('b')).toEqual([true, false, true]);
  expect(holding('e', 'f')).toEqual([false, true, true]);
  expect(holding('A')).toEqual([false, false, false]);
  expect(chunks.map((one) => mayHold(one, undefined))).toEqual([true, true, true]);
});

test('a chunk of before names were kept may hold any', () => {
  expect(mayHold({ file: 'c', items: 3 }, ['a'])).toBe(true);
});
