import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { deriveHere } from '../../test/derive-here.ts';
import { readFrame } from '../read/read-frame.ts';

/** 300 rows that are kept here, or a folder that `scripts/make-step-oracles.py` made with as many as one likes. */
const folder = process.env.STEP_ORACLES ?? fileURLToPath(new URL('../../fixtures/steps', import.meta.url));

const read = async (name: string) => await readFile(join(folder, name), 'utf8');
const roles = { timestamp: 'at', item: 'item', target: 'sales' };

const weekly: object[] = [
  {
    kind: 'aggregate',
    period: 'week',
    values: [{ column: 'sales' }, { column: 'price', function: 'mean' }],
  },
  { kind: 'lags', periods: 1 },
  { kind: 'rolling', windows: [4] },
];

const filled = (method: 'forward' | 'mean' | 'zero'): object[] => [{ kind: 'fill', columns: ['sales'], method }];

const cases: [name: string, oracle: string, steps: object[], columns: Record<string, string>][] = [
  ['lags and differences', 'lags', [{ kind: 'lags', periods: 3 }], {}],
  [
    'rolling statistics',
    'rolling',
    [{ kind: 'rolling', windows: [3, 7], functions: ['mean', 'std', 'min', 'max'] }],
    {},
  ],
  ['a fill from the last value', 'fill', filled('forward'), { forward: 'sales' }],
  ['a fill from the mean of the past', 'fill', filled('mean'), { mean: 'sales' }],
  ['a fill with zero', 'fill', filled('zero'), { zero: 'sales' }],
  [
    'series as of the row’s date',
    'macro',
    [
      {
        kind: 'macro',
        series: ['DAILY', 'MONTHLY', 'QUARTERLY'].flatMap((id) => [id, { id, transform: 'percent-change' as const }]),
      },
    ],
    {},
  ],
  ['weeks, their lags and means', 'aggregate', weekly, {}],
];

test.each(cases)('%s equal pandas’', async (_, oracle, steps, renamed) => {
  const expected = JSON.parse(await read(`${oracle}.json`)) as Record<string, (number | null)[]>;
  const names = Object.keys(renamed).length > 0 ? Object.keys(renamed) : Object.keys(expected);

  const { output, problems } = await deriveHere(await read('rows.csv'), steps, {
    roles,
    series: JSON.parse(await read('series.json')),
  });

  expect(problems).toEqual([]);
  for (const name of names) {
    const column = renamed[name] ?? name;
    const kind = column === 'at' ? 'timestamp' : 'numeric';
    const { columns } = await readFrame(output, { columns: [{ name: column, kind, nullable: true }] });
    const values = columns[0]?.type === 'numeric' ? columns[0].values : new Float64Array();
    expect({ column, ...differences(values, expected[name] ?? []) }).toEqual({
      column,
      rows: values.length,
      wrong: [],
    });
  }
});

/** Places at which the values differ by more than rounding, ten at most. */
function differences(values: Float64Array, expected: readonly (number | null)[]) {
  const wrong: string[] = [];
  for (const [row, wanted] of expected.entries()) {
    const value = values[row] ?? Number.NaN;
    const same =
      wanted === null ? Number.isNaN(value) : Math.abs(value - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));
    if (!same && wrong.length < 10) wrong.push(`row ${row}: ${value}, not ${wanted}`);
  }
  return { rows: expected.length, wrong };
}
