import { expect, test } from '@jest/globals';
import { deriveHere } from '../../test/derive-here.ts';
import { salesRoles as roles, sales } from '../../test/sales.ts';
import { knownValues } from './kinds/macro/known-values.ts';

test('an aggregate has one row an item and week, named by its Monday, with gaps as 0', async () => {
  const { rows, notes } = await deriveHere(
    sales,
    [{ kind: 'aggregate', period: 'week', values: [{ column: 'sales' }] }],
    { roles },
  );

  expect(rows.map((row) => [row.shop, String(row.day).slice(0, 10), row.sales])).toEqual([
    ['a', '2024-01-01', 3],
    ['a', '2024-01-08', 4],
    ['a', '2024-01-15', 0],
    ['a', '2024-01-22', 5],
    ['b', '2024-01-01', 10],
    ['b', '2024-01-08', 0],
    ['b', '2024-01-15', 30],
    ['b', '2024-01-22', 0],
  ]);
  expect(notes).toEqual([expect.objectContaining({ code: 'gaps-filled', rows: 3 })]);
});

test('lags after an aggregate are named by its period and never include the row itself', async () => {
  const { rows, columns } = await deriveHere(
    sales,
    [
      { kind: 'aggregate', period: 'week', values: [{ column: 'sales' }] },
      { kind: 'lags', periods: 2 },
    ],
    { roles },
  );

  expect(columns.slice(3)).toEqual(['last-1_week_sales', 'last-1_week_diff', 'last-2_week_sales', 'last-2_week_diff']);
  expect(
    rows.slice(0, 4).map((row) => [row['last-1_week_sales'], row['last-1_week_diff'], row['last-2_week_sales']]),
  ).toEqual([
    [null, null, null],
    [3, null, null],
    [4, 1, 3],
    [0, -4, 4],
  ]);
});

const kinds = { timestamp: 'day' } as const;

test('a period keeps both its ends, and says what it leaves out', async () => {
  const csv = 'day,x\n2024-01-01,1\n2024-01-02 13:00,2\n2024-01-03,3\n,4\n2024-01-04,5\n';

  const { rows, notes } = await deriveHere(csv, [{ kind: 'filter', start: '2024-01-02', end: '2024-01-03' }], {
    roles: kinds,
  });

  expect(rows.map(({ x }) => x)).toEqual([2, 3]);
  expect(notes.map(({ code, rows: count }) => [code, count])).toEqual([
    ['rows-without-date', 1],
    ['rows-outside-period', 2],
  ]);
});

test('the last period is left out when the data end within it, and kept when asked or when it is complete', async () => {
  const weeks = async (end: string, incomplete: 'drop' | 'keep') => {
    const csv = `day,sales\n2024-01-01,1\n2024-01-08,2\n${end},3\n`;
    const step = { kind: 'aggregate', period: 'week', incomplete, values: [{ column: 'sales' }] } as const;
    const { rows, notes } = await deriveHere(csv, [step], { roles: kinds });
    return [rows.map(({ sales: sum }) => sum), notes.map(({ code }) => code)];
  };

  expect(await weeks('2024-01-10', 'drop')).toEqual([[1], ['incomplete-period']]);
  expect(await weeks('2024-01-10', 'keep')).toEqual([[1, 5], []]);
  expect(await weeks('2024-01-14', 'drop')).toEqual([[1, 5], []]);
});

test.each([
  ['missing', [1, null, 3]],
  ['none', [1, 3]],
  ['zero', [1, 0, 3]],
] as const)('months without rows become %s as asked', async (gaps, expected) => {
  const csv = 'day,sales\n2024-01-15,1\n2024-03-31,3\n';
  const step = { kind: 'aggregate', period: 'month', gaps, values: [{ column: 'sales' }] } as const;

  const { rows } = await deriveHere(csv, [step], { roles: kinds });

  expect(rows.map(({ sales: sum }) => sum)).toEqual(expected);
});

test('of several rows at the last moment, last takes the largest, whatever their order', async () => {
  const csv = (values: number[]) =>
    `day,x\n2024-01-31,0.5\n${values.map((value) => `2024-01-31 10:00,${value}\n`).join('')}`;
  const step = {
    kind: 'aggregate',
    period: 'month',
    values: [
      { column: 'x', function: 'last', as: 'latest' },
      { column: 'x', function: 'count', as: 'n' },
    ],
  } as const;

  for (const values of [
    [3, 9, 4],
    [9, 4, 3],
  ]) {
    const { rows } = await deriveHere(csv(values), [step], { roles: kinds });
    expect(rows).toEqual([{ day: expect.stringContaining('2024-01-01'), latest: 9, n: 4 }]);
  }
});

test('a calendar says weekday, month and the public holidays of the country', async () => {
  const csv = 'day,x\n2024-07-04,1\n2024-07-06,2\n,3\n';
  const step = { kind: 'calendar', parts: ['weekday', 'month', 'weekend'], holidays: 'US' } as const;

  const { rows } = await deriveHere(csv, [step], { roles: kinds });

  expect(rows.map((row) => [row.day_weekday, row.day_month, row.day_weekend, row.day_holidays])).toEqual([
    [4, 7, false, 1],
    [6, 7, true, 0],
    [null, null, null, null],
  ]);
});

test('a period’s holidays are all of it', async () => {
  const csv = 'day,x\n2023-12-20,1\n2024-01-07,2\n';
  const steps = [
    { kind: 'aggregate', period: 'week', values: [{ column: 'x' }] },
    { kind: 'calendar', parts: ['week'], holidays: 'DE-BY' },
  ] as const;

  const { rows } = await deriveHere(csv, [...steps], { roles: kinds });

  // Christmas and Boxing Day; New Year and Epiphany, which Bavaria has and Germany does not
  expect(rows.map((row) => [row.day_week, row.day_holidays])).toEqual([
    [51, 0],
    [52, 2],
    [1, 2],
  ]);
});

test('numbers are clipped at 0, and log1p keeps its digits near 0 and is missing where it is undefined', async () => {
  const csv = 'x,y\n-3,-2\n0.5,1e-12\n,1.5\n';
  const steps = [
    { kind: 'clip-negative', columns: ['x'] },
    { kind: 'log1p', column: 'y', as: 'z' },
  ] as const;

  const { rows, notes } = await deriveHere(csv, [...steps]);

  expect(rows.map(({ x }) => x)).toEqual([0, 0.5, null]);
  expect(rows.map(({ z }) => z)).toEqual([null, Math.log1p(1e-12), Math.log1p(1.5)]);
  expect(notes.map(({ code }) => code)).toEqual(['negatives-clipped', 'log-undefined']);
});

test('middle fills gaps within a history, back what comes after it', async () => {
  const csv = 'day,x\n2024-01-01,\n2024-01-02,5\n2024-01-03,\n2024-01-04,6\n2024-01-05,\n';
  const filled = async (method: 'middle' | 'back') =>
    (await deriveHere(csv, [{ kind: 'fill', columns: ['x'], method }], { roles: kinds })).rows.map(({ x }) => x);

  expect(await filled('middle')).toEqual([null, 5, 0, 6, null]);
  expect(await filled('back')).toEqual([null, 5, null, 6, 0]);
});

const macroOf = async (step: object, series: readonly object[]) => {
  const csv = 'day,x\n2024-01-01,1\n2024-02-01,2\n2024-02-15,3\n2024-03-01,4\n2030-01-01,5\n';
  return await deriveHere(csv, [{ kind: 'macro', series: ['S'], ...step }], {
    roles: kinds,
    series: { S: series },
  });
};
const vintages = [
  { date: '2024-01-01', value: 10, knownFrom: '2024-02-01' },
  { date: '2024-01-01', value: 11, knownFrom: '2024-02-20' },
  { date: '2024-02-01', value: null },
];

test('as of the release, a value is unknown before it was published, and a revision before it was made', async () => {
  const { rows } = await macroOf({ asOf: 'release' }, vintages);

  expect(rows.map(({ S }) => S)).toEqual([null, 10, 10, 11, 11]);
});

test('rows before a series starts, and long after it ends, are counted', async () => {
  const { notes } = await macroOf({ asOf: 'release' }, vintages);

  expect(notes.map(({ code, rows, column }) => [code, rows, column])).toEqual([
    ['series-starts-later', 1, 'S'],
    ['series-ends-earlier', 1, 'S'],
  ]);
});

test.each([
  ['difference', [null, 2, 2, 1, 1]],
  ['percent-change', [null, 20, 20, (13 / 12 - 1) * 100, (13 / 12 - 1) * 100]],
  ['year-over-year', [null, null, null, (13 / 8 - 1) * 100, (13 / 8 - 1) * 100]],
] as const)('the transform %s compares with the observation before, or a year before', async (transform, expected) => {
  const { rows } = await macroOf({ series: [{ id: 'S', transform, as: 'm' }] }, [
    { date: '2024-01-01', value: 10 },
    { date: '2024-02-01', value: 12 },
    { date: '2024-03-01', value: 13 },
    ...(transform === 'year-over-year' ? [{ date: '2023-03-01', value: 8 }] : []),
  ]);

  const values = rows.map(({ m }) => m);
  expect(values.slice(1)).toEqual(
    expected.slice(1).map((value) => (value === null ? null : expect.closeTo(value, 10))),
  );
});

test('a year before February 29th is the last of February', () => {
  const observations = ['2023-02-28', '2023-03-01', '2024-02-29'].map((date, index) => ({ date, value: 10 ** index }));
  expect(knownValues(observations, 'year-over-year').at(-1)?.value).toBeCloseTo(9900, 8);
});

test.each([
  ['a column that is not there', { kind: 'lags', periods: 1, column: 'sale' }, 'column-missing', 'steps[0].column'],
  ['lags of a text', { kind: 'lags', periods: 1, column: 'shop' }, 'not-a-number', 'steps[0].column'],
  ['a date that is none', { kind: 'calendar', date: 'sales' }, 'not-a-time', 'steps[0].date'],
  [
    'a name that steps use',
    { kind: 'macro', series: [{ id: 'S', as: 'File_Row_Number' }] },
    'reserved-column',
    'steps[0].series',
  ],
  ['a name with a line end', { kind: 'lags', periods: 1, as: 'a\nb' }, 'bad-column-name', 'steps[0].as'],
  ['a name that becomes too long', { kind: 'lags', periods: 1, as: 'a'.repeat(250) }, 'bad-column-name', 'steps[0].as'],
  ['a name that is taken', { kind: 'log1p', column: 'sales', as: 'Shop' }, 'column-exists', 'steps[0].as'],
  [
    'a dataset that is not there',
    { kind: 'join', dataset: 'ds_9', on: ['shop'] },
    'dataset-not-found',
    'steps[0].dataset',
  ],
] as const)('%s is refused before any row is read', async (_, step, code, field) => {
  await expect(deriveHere(sales, [step], { roles })).rejects.toMatchObject({ code, options: { field } });
});

test('what a column is named more than once is done to it once', async () => {
  const fill = { kind: 'fill', columns: ['n', 'n'], method: 'zero' };
  const clip = { kind: 'clip-negative', columns: ['n', 'n'] };
  const { rows, notes } = await deriveHere('day,n\n2024-01-01,-1\n2024-01-02,\n2024-01-03,3.5\n', [fill, clip]);
  expect(rows.map(({ n }) => n)).toEqual([0, 0, 3.5]);
  expect(notes).toMatchObject([{ code: 'negatives-clipped', rows: 1 }]);
});

test('a country without holidays is refused by its name', async () => {
  const { problems } = await deriveHere(sales, [{ kind: 'calendar', holidays: 'XX' }]);
  expect(problems).toMatchObject([{ code: 'country-unknown', message: 'No holidays are known for XX.' }]);
});

test('each step is checked against what the one before it leaves', async () => {
  const steps = [
    { kind: 'select', columns: ['shop', 'sales'] },
    { kind: 'lags', periods: 1 },
  ] as const;

  await expect(deriveHere(sales, [...steps], { roles })).rejects.toMatchObject({ code: 'timestamp-missing' });
});

test('steps that leave no row are refused', async () => {
  const { problems } = await deriveHere(sales, [{ kind: 'filter', start: '2030-01-01' }], { roles });

  expect(problems).toMatchObject([{ code: 'no-rows-left' }]);
});

test('a period without rows is refused with the period that there is, and not by the steps after it', async () => {
  const csv = 'day,x\n2024-01-01,1\n2024-01-20,2\n';
  const steps = [
    { kind: 'filter', start: '2030-01-01', end: '2031-01-01' },
    { kind: 'aggregate', period: 'week', values: [{ column: 'x' }] },
  ];

  const { problems } = await deriveHere(csv, steps, { roles: kinds });

  expect(problems).toMatchObject([
    {
      code: 'no-rows-left',
      message: 'No row is from 2030-01-01 to 2031-01-01: the dates of day go from 2024-01-01 to 2024-01-20.',
    },
  ]);
});
