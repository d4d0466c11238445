import { expect, test } from '@jest/globals';
import { facts, table } from './table.ts';

const plain = (_style: string, text: string) => text;

test('columns are aligned, and no line ends in blanks', () => {
  const columns = [{ head: 'name' }, { head: 'rows', align: 'right' }] as const;
  const rows = [
    ['iris', '150'],
    ['orders', ''],
  ];
  expect(table(columns, rows, plain)).toBe('name    rows\niris     150\norders\n');
});

test('text of others cannot repaint the terminal', () => {
  const text = table([{ head: 'name' }], [['a\u001b[31mb\nc']], plain) + facts([['x', '\u0007']], plain);
  expect(text).toBe('name\na [31mb c\nx   \n');
});

test('facts that are not known are left out', () => {
  expect(
    facts(
      [
        ['id', 'job_1'],
        ['error', undefined],
        ['status', 'failed'],
      ],
      plain,
    ),
  ).toBe('id      job_1\nstatus  failed\n');
});
