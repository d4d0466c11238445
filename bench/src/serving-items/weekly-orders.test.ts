import { expect, test } from '@jest/globals';
import { nextWeekCsv, ordersCsv, trainingCsv, type WeeklyOrders, weeklyOrders } from './weekly-orders.ts';

const orders: WeeklyOrders = {
  items: ['1', '2'],
  sold: [
    [10, 12, 9, 20, 21, 30],
    [7, 7, 7, 7, 7, 8],
  ],
};

test('orders of a week add up to what was sold in it', () => {
  expect(ordersCsv(orders).split('\n').slice(0, 4)).toEqual([
    'PRODUCT_ID,CHECKOUT_DATE,QUANTITY',
    '1,2024-01-01,5',
    '1,2024-01-07,5',
    '1,2024-01-08,7',
  ]);
});

test('features are of the weeks before, and of the next week they are of the last', () => {
  const lines = trainingCsv(orders).split('\n');
  expect(lines).toHaveLength(12);
  expect(lines[0]).toBe('1,,,,,,,,,10');
  expect(lines[2]).toBe('1,12,2,10,,,,,,9');
  expect(nextWeekCsv(orders).split('\n')[0]).toBe('1,30,9,21,1,20,11,9,-3');
});

test('made-up orders are the same each time, and never negative', () => {
  const made = weeklyOrders(20, 30);
  expect(made).toEqual(weeklyOrders(20, 30));
  expect(made.sold.flat().every((quantity) => quantity > 5)).toBe(true);
});
