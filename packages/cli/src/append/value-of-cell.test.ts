import type { Column } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { type CellStyle, valueForColumn } from './value-of-cell.ts';

const plain: CellStyle = { decimalComma: false };

test.each<[string, Column['kind'], unknown, Partial<CellStyle>]>([
  [' 7.5 ', 'numeric', 7.5, {}],
  ['-1e3', 'numeric', -1000, {}],
  ['7,5', 'numeric', '7,5', {}],
  ['7,5', 'numeric', 7.5, { decimalComma: true }],
  ['1,057.13', 'numeric', 1057.13, {}],
  ['0,123', 'numeric', '0,123', {}],
  ['1.057,13', 'numeric', 1057.13, { decimalComma: true }],
  ['0x10', 'integer', '0x10', {}],
  ['12', 'integer', 12, {}],
  ['007', 'categorical', '007', {}],
  ['12', 'id-like', '12', {}],
  ['Yes', 'boolean', true, {}],
  ['1', 'boolean', '1', {}],
  ['', 'categorical', null, {}],
  ['NA', 'numeric', null, {}],
  ['2026-11-21', 'timestamp', '2026-11-21', {}],
  ['2026/1/2 09:30', 'timestamp', '2026-01-02 09:30', {}],
  ['17-Nov-16', 'timestamp', '2016-11-17', {}],
  ['3 January 1999', 'timestamp', '1999-01-03', {}],
  ['Nov 7, 2016 09:30:00', 'timestamp', '2016-11-07 09:30:00', {}],
  ['03/04/2026', 'timestamp', '03/04/2026', {}],
  ['03/04/2026', 'timestamp', '2026-04-03', { dayFirst: true }],
  ['3.4.26', 'timestamp', '2026-03-04', { dayFirst: false }],
  ['2026-11-21T09:30:00Z', 'timestamp', '2026-11-21T09:30:00Z', {}],
  ['soon', 'timestamp', 'soon', {}],
])('%j in a column of kind %s is %j', (cell, kind, value, style) => {
  expect(valueForColumn(cell, kind, { ...plain, ...style })).toBe(value);
});
