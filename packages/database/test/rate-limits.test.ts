import { reserveToken } from '@bellwether/database';
import { expect, test } from '@jest/globals';
import { onEachDialect } from './on-each-dialect.ts';

const bucket = { name: 'fred', capacity: 3, perSecond: 2 };

onEachDialect(({ act }) => {
  const reserve = (now: number, name = bucket.name) => act((tx) => reserveToken(tx, { ...bucket, name }, now));

  test('a full bucket gives its tokens at once, and then one whenever it is refilled', async () => {
    const waits = [];
    for (let turn = 0; turn < 6; turn++) waits.push(await reserve(1000));

    expect(waits).toEqual([0, 0, 0, 500, 1000, 1500]);
  });

  test('a rested bucket holds no more than its capacity', async () => {
    for (let turn = 0; turn < 3; turn++) await reserve(0);

    const later = 3_600_000;
    const waits = [];
    for (let turn = 0; turn < 4; turn++) waits.push(await reserve(later));
    expect(waits).toEqual([0, 0, 0, 500]);
  });

  test('processes that ask at the same time get turns of their own, and buckets do not share', async () => {
    const waits = await Promise.all(Array.from({ length: 6 }, () => reserve(1000)));

    expect(waits.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 500, 1000, 1500]);
    expect(await reserve(1000, 'other')).toBe(0);
  });

  test('a clock that goes back neither fills nor empties a bucket', async () => {
    await reserve(10_000);

    expect([await reserve(5000), await reserve(5000), await reserve(5000)]).toEqual([0, 0, 500]);
  });
});
