import { expect, test } from '@jest/globals';
import { dealEvenly } from './waiting-receivers.ts';

const wants = (...maxima: number[]) => maxima.map((max) => ({ max }));

test('deals in turn, the first receiver first', () => {
  expect(dealEvenly(5, wants(10, 10))).toEqual([3, 2]);
  expect(dealEvenly(1, wants(10, 10))).toEqual([1, 0]);
});

test('gives nobody more than asked for, and the rest to the others', () => {
  expect(dealEvenly(9, wants(2, 10))).toEqual([2, 7]);
  expect(dealEvenly(30, wants(2, 3))).toEqual([2, 3]);
});

test('deals nothing when there is nothing', () => {
  expect(dealEvenly(0, wants(1, 1))).toEqual([0, 0]);
  expect(dealEvenly(3, [])).toEqual([]);
});
