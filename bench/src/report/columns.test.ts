import { expect, test } from '@jest/globals';
import { columns } from './columns.ts';

test('names stand to the left, figures to the right, and no line ends in blanks', () => {
  const text = columns([
    ['peer', 'requests/s'],
    ['Express', '9'],
    ['B', ''],
  ]);
  expect(text).toBe('peer     requests/s\nExpress           9\nB');
});
