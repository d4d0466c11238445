import { expect, test } from '@jest/globals';
import { inspectHere, kinds } from '../test/inspect-here.ts';
import { sampleOrdersCsv } from './sample-orders.ts';

test('the same arguments give the same orders, another seed others', () => {
  expect(sampleOrdersCsv(50, 3)).toBe(sampleOrdersCsv(50, 3));
  expect(sampleOrdersCsv(50, 4)).not.toBe(sampleOrdersCsv(50, 3));
});

test('orders have an id, a date, categories, numbers and missing values', async () => {
  const inspection = await inspectHere(sampleOrdersCsv(), { roles: { target: 'amount' } });
  expect(kinds(inspection)).toEqual([
    'order_id id-like',
    'order_date timestamp',
    'channel categorical',
    'region categorical',
    'category categorical',
    'customer_segment categorical?',
    'quantity integer',
    'unit_price numeric',
    'discount numeric?',
    'amount numeric',
  ]);
  expect(inspection).toMatchObject({ rows: 6_000, problems: [] });
});

test('the amount follows from quantity, price and discount up to factors and noise', () => {
  const rows = sampleOrdersCsv(2_000)
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const known = rows.filter((row) => row[8] !== '');
  const ratios = known.map((row) => Number(row[9]) / (Number(row[6]) * Number(row[7]) * (1 - Number(row[8])) + 2.5));
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  expect(mean).toBeGreaterThan(0.9);
  expect(mean).toBeLessThan(1.05);
  expect(ratios.some((ratio) => ratio < 0.9) && ratios.some((ratio) => ratio > 1.05)).toBe(true);
});
