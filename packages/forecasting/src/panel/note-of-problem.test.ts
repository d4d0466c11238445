import { expect, test } from '@jest/globals';
import { noteOfProblem } from './note-of-problem.ts';
import type { PanelProblem } from './panel-problem.ts';

const problem: PanelProblem = {
  code: 'future-values-cut',
  severity: 'warning',
  rows: 1200,
  items: 30,
  examples: ['a', 'b', 'c', 'd'],
  detail: 'Values were left out.',
};

test.each<[string, Partial<PanelProblem>, string]>([
  ['several items', {}, 'Values were left out (1,200 in 30 items, such as "a", "b", "c").'],
  ['one item', { rows: 1, items: 1, examples: ['a'] }, 'Values were left out (1 in "a").'],
  ['a table of one series', { rows: 2, items: 1, examples: [''] }, 'Values were left out (2).'],
  ['items without a count of rows', { rows: 0, items: 1, examples: ['a'] }, 'Values were left out ("a").'],
  ['the table as a whole', { rows: 0, items: 0, examples: [] }, 'Values were left out.'],
  ['a long name', { rows: 0, items: 1, examples: ['x'.repeat(99)] }, `Values were left out ("${'x'.repeat(39)}…").`],
  ['a cure', { rows: 0, examples: [], cure: 'Mend it.' }, 'Values were left out. Mend it.'],
])('%s', (_name, other, wanted) => {
  expect(noteOfProblem({ ...problem, ...other })).toBe(wanted);
});
