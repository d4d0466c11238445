import { expect, test } from '@jest/globals';
import { Name } from './operation.ts';

test.each(['a', '_', '2024 sales', 'diamonds-price.v2', 'a.', `a${'b'.repeat(99)}`])('"%s" is a name', (name) => {
  expect(Name.safeParse(name).success).toBe(true);
});

test.each(['', '.', '.a', ' a', '-a', 'a ', 'a b ', 'a/b', 'größe', 'a\n', `a${'b'.repeat(100)}`])(
  '"%s" is no name',
  (name) => {
    expect(Name.safeParse(name).success).toBe(false);
  },
);
