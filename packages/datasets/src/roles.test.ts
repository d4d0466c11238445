import { expect, test } from '@jest/globals';
import { inspectHere, summarize } from '../test/inspect-here.ts';
import { nearestNames } from './roles.ts';

test('the nearest names come first, whatever their case and separators', () => {
  expect(nearestNames('unit-price', ['quantity', 'UnitPrice', 'unit_cost', 'date'])[0]).toBe('UnitPrice');
  expect(nearestNames('amuont', ['discount', 'amount', 'mount'])).toEqual(['amount', 'mount', 'discount']);
});

test('a role whose column is not there is refused with the nearest names', async () => {
  const inspection = await inspectHere('day,price\n2024-01-01,2\n', {
    roles: { target: 'Price', timestamp: 'date', item: 'sku' },
  });
  expect(summarize(inspection)).toEqual(['target-missing Price:', 'timestamp-missing date:', 'item-missing sku:']);
  expect(inspection.problems[0]?.cure).toContain('"price"');
});

test('a target with missing values is warned of', async () => {
  const inspection = await inspectHere('x,y\n1,2\n2,\n3,4\n', { roles: { target: 'y' } });
  expect(inspection.ok).toBe(true);
  expect(summarize(inspection)).toEqual(['target-has-gaps y:']);
});
