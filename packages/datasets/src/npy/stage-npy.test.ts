import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { inspectHere, kinds, summarize } from '../../test/inspect-here.ts';
import { npyBytes, npyHeader } from '../../test/npy-bytes.ts';
import { readRows } from '../read/read-rows.ts';

async function values(bytes: Uint8Array) {
  const inspection = await inspectHere(bytes);
  expect(kinds(inspection)[0]).toMatch(/^column_1 /);
  return (await readRows(inspection.output, { offset: 0, limit: 1000 })).map((row) => Object.values(row));
}

const table = [
  [1, 4],
  [2, 5],
  [3, 6.5],
];

describe('what is read', () => {
  test.each([1, 2, 3] as const)('version %i in both orders', async (version) => {
    const array = { descr: '<f8', shape: [3, 2], version };
    expect(await values(npyBytes({ ...array, values: [1, 4, 2, 5, 3, 6.5] }))).toEqual(table);
    expect(await values(npyBytes({ ...array, fortranOrder: true, values: [1, 2, 3, 4, 5, 6.5] }))).toEqual(table);
  });

  test.each([
    ['f4', [-1.5, 3e5, 0.25]],
    ['f8', [-1.5, 3e50, 0.1]],
    ['i1', [-128, 127, 0]],
    ['i2', [-32768, 32767, 0]],
    ['i4', [-(2 ** 31), 2 ** 31 - 1, 0]],
    ['u1', [255, 127, 0]],
    ['u2', [65535, 127, 0]],
    ['u4', [2 ** 32 - 1, 127, 0]],
  ])('dtype %s in both byte orders', async (type, numbers) => {
    for (const order of ['<', '>']) {
      const bytes = npyBytes({ descr: order + type, shape: [3], values: numbers });
      expect(await values(bytes)).toEqual(numbers.map((number) => [number]));
    }
  });

  test('half floats', async () => {
    // 1, -2.5, the largest, the smallest subnormal
    for (const order of ['<', '>']) {
      const bytes = npyBytes({ descr: `${order}f2`, shape: [4], values: [0x3c00, 0xc100, 0x7bff, 0x0001] });
      expect(await values(bytes)).toEqual([[1], [-2.5], [65504], [2 ** -24]]);
    }
  });

  test('64-bit integers, as text with a warning where a double cannot hold them', async () => {
    const exact = npyBytes({ descr: '<i8', shape: [2], values: [1n - 2n ** 53n, 7n] });
    expect(await values(exact)).toEqual([[1 - 2 ** 53], [7]]);
    const large = await inspectHere(npyBytes({ descr: '>u8', shape: [2], values: [2n ** 64n - 1n, 7n] }));
    expect(summarize(large)).toEqual(['integer-too-large column_1:1']);
    expect(await readRows(large.output, { offset: 0, limit: 1 })).toEqual([{ column_1: '18446744073709551615' }]);
  });

  test('truth values', async () => {
    const bytes = npyBytes({ descr: '|b1', shape: [2, 1], values: [1, 0] });
    expect(kinds(await inspectHere(bytes))).toEqual(['column_1 boolean']);
    expect(await values(bytes)).toEqual([[true], [false]]);
  });

  test('NaN is missing', async () => {
    const bytes = npyBytes({ descr: '<f8', shape: [3], values: [1, Number.NaN, 2] });
    expect(kinds(await inspectHere(bytes))).toEqual(['column_1 integer?']);
    expect(await values(bytes)).toEqual([[1], [null], [2]]);
  });

  test('arrays of several blocks and parts keep their order', async () => {
    const rows = 900_000;
    const numbers = Array.from({ length: rows * 5 }, (_, index) => index % 100_003);
    for (const fortranOrder of [false, true]) {
      const inspection = await inspectHere(npyBytes({ descr: '<i4', shape: [rows, 5], fortranOrder, values: numbers }));
      expect(inspection).toMatchObject({ ok: true, rows });
      const [row] = await readRows(inspection.output, { offset: rows - 3, limit: 1 });
      const place = (column: number) => (fortranOrder ? column * rows + rows - 3 : (rows - 3) * 5 + column);
      expect(Object.values(row ?? {})).toEqual([0, 1, 2, 3, 4].map((column) => place(column) % 100_003));
    }
  });

  test('the iris sample', async () => {
    const bytes = await readFile(new URL('../../../../samples/iris.npy', import.meta.url));
    const inspection = await inspectHere(bytes);
    expect(inspection).toMatchObject({ ok: true, format: 'npy', rows: 150, columns: 5, problems: [] });
    expect(kinds(inspection).slice(3)).toEqual(['column_4 numeric', 'column_5 integer']);
    expect((await values(bytes))[149]).toEqual([5.9, 3, 5.1, 1.8, 2]);
  });
});

describe('what is refused', () => {
  const plain = npyBytes({ descr: '<f8', shape: [2, 2], values: [1, 2, 3, 4] });
  const header = (descr: string, shape: string) =>
    npyHeader(`{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }`);

  test.each([
    ['three dimensions', npyBytes({ descr: '<f8', shape: [1, 2, 2], values: [1, 2, 3, 4] }), 'bad-shape'],
    ['no dimension', header("'<f8'", '()'), 'bad-shape'],
    ['objects', header("'|O'", '(2,)'), 'object-dtype'],
    ['strings', header("'<U5'", '(2,)'), 'unsupported-dtype'],
    ['fields', header("[('a', '<f8'), ('b', '<i4')]", '(2,)'), 'unsupported-dtype'],
    ['complex numbers', header("'<c16'", '(2,)'), 'unsupported-dtype'],
    ['dates', header("'<M8[ns]'", '(2,)'), 'unsupported-dtype'],
    ['a cut array', plain.subarray(0, -1), 'truncated-file'],
    ['a cut header', plain.subarray(0, 40), 'truncated-file'],
    ['bytes behind the array', Buffer.concat([plain, Buffer.from([0])]), 'extra-bytes'],
    ['a shape beyond all memory', header("'<f8'", '(9999999, 1999)'), 'truncated-file'],
    ['a shape beyond all numbers', header("'<f8'", '(99999999999, 99999999999)'), 'bad-shape'],
    ['a header of 4 GB', Buffer.from([0x93, ...Buffer.from('NUMPY'), 2, 0, 255, 255, 255, 255]), 'bad-header'],
    ['a header that is none', npyHeader('{"hello": "world"}'), 'bad-header'],
    ['a version to come', npyHeader('{}', 4), 'unsupported-version'],
    ['no rows', header("'<f8'", '(0, 3)'), 'no-rows'],
    ['no columns', header("'<f8'", '(3, 0)'), 'no-columns'],
  ])('%s', async (_, bytes, code) => {
    const inspection = await inspectHere(bytes, { format: 'npy' });
    expect(inspection.problems.map((problem) => problem.code)).toEqual([code]);
    expect(inspection.problems[0]?.cure).not.toBe('');
  });

  test('a pickle is said to be one', async () => {
    expect((await inspectHere(header("'|O'", '(2,)'))).problems[0]?.message).toContain('pickle');
  });

  test('infinite values, with column and row', async () => {
    const bytes = npyBytes({ descr: '<f8', shape: [2, 2], values: [1, 2, 3, Number.POSITIVE_INFINITY] });
    expect(summarize(await inspectHere(bytes))).toEqual(['infinite-value column_2:2']);
  });

  test('another format than announced', async () => {
    expect(summarize(await inspectHere(plain, { format: 'parquet' }))).toEqual(['wrong-format :']);
    expect(summarize(await inspectHere('a,b\n1,2\n', { format: 'npy' }))).toEqual(['wrong-format :']);
    expect(summarize(await inspectHere(Buffer.from('PK\u0003\u0004....')))).toEqual(['unknown-format :']);
  });
});
