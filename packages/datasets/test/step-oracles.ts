import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readFrame } from '../src/read/read-frame.ts';
import { deriveHere } from './derive-here.ts';

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

/** What is compared, the oracle's file, the steps, and columns by another name than the oracle's. */
export const stepOracles: readonly [name: string, oracle: string, steps: object[], columns: Record<string, string>][] =
  [
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

/** How one column differs from the oracle's. */
export interface ColumnDifference {
  readonly column: string;
  /** of the oracle, and of ours */
  readonly rows: readonly [expected: number, found: number];
  /** places at which the values differ by more than rounding, ten at most */
  readonly wrong: readonly string[];
}

/**
 * Evaluates steps over rows that `scripts/make-step-oracles.py` made, and compares with what pandas makes of them.
 *
 * @param folder of the script
 */
export async function compareWithOracle(
  folder: string,
  [, oracle, steps, renamed]: (typeof stepOracles)[number],
): Promise<ColumnDifference[]> {
  const read = async (name: string) => await readFile(join(folder, name), 'utf8');
  const expected = JSON.parse(await read(`${oracle}.json`)) as Record<string, (number | null)[]>;
  const names = Object.keys(renamed).length > 0 ? Object.keys(renamed) : Object.keys(expected);
  const series = JSON.parse(await read('series.json'));
  const { output, problems } = await deriveHere(await read('rows.csv'), steps, { roles, series });
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join(' '));
  const differences: ColumnDifference[] = [];
  for (const name of names) {
    const column = renamed[name] ?? name;
    const kind = column === 'at' ? 'timestamp' : 'numeric';
    const { columns } = await readFrame(output, { columns: [{ name: column, kind, nullable: true }] });
    const values = columns[0]?.type === 'numeric' ? columns[0].values : new Float64Array();
    const wanted = expected[name] ?? [];
    differences.push({ column, rows: [wanted.length, values.length], wrong: wrongPlaces(values, wanted) });
  }
  return differences;
}

function wrongPlaces(values: Float64Array, expected: readonly (number | null)[]): string[] {
  const wrong: string[] = [];
  for (const [row, wanted] of expected.entries()) {
    const value = values[row] ?? Number.NaN;
    const same =
      wanted === null ? Number.isNaN(value) : Math.abs(value - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));
    if (!same && wrong.length < 10) wrong.push(`row ${row}: ${value}, not ${wanted}`);
  }
  return wrong;
}
