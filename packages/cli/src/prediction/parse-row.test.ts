import { expect, test } from '@jest/globals';
import { parseRow } from './parse-row.ts';

test.each([
  ['5.1,3.5,1.4,0.2', ['5.1', '3.5', '1.4', '0.2']],
  ['"a, b", NA ,', ['a, b', null, null]],
  ['[5.1, null, "x"]', [5.1, null, 'x']],
  ['{"carat": 1.2}', { carat: 1.2 }],
  ['rose', ['rose']],
])('%s is a row', (text, row) => {
  expect(parseRow(text)).toEqual(row);
});

test.each(['{"carat":', '[1,', '"open'])('%s is refused as wrong usage, with how to write a row', (text) => {
  expect(() => parseRow(text)).toThrow(
    expect.objectContaining({ code: 'bad-row', exitCode: 2, cure: expect.stringContaining('[5.1, 3.5]') }),
  );
});
