import { describe, expect, test } from '@jest/globals';
import { inspectHere, kinds, type Options, summarize } from '../../test/inspect-here.ts';
import { readRows } from '../read/read-rows.ts';

const column = (values: readonly unknown[], name = 'x') =>
  `${name},other\n${values.map((value) => `"${value}",a\n`).join('')}`;

async function inferred(values: readonly unknown[], name = 'x', options: Options = {}) {
  const inspection = await inspectHere(column(values, name), options);
  const rows = inspection.ok ? await readRows(inspection.output, { offset: 0, limit: 1000 }) : [];
  return {
    kind: inspection.ok ? kinds(inspection)[0]?.split(' ').at(-1) : undefined,
    values: rows.map((row) => row[name]),
    problems: summarize(inspection).filter((problem) => !problem.startsWith('constant-column other')),
  };
}

const range = (count: number, make: (index: number) => unknown) => Array.from({ length: count }, (_, i) => make(i));

describe('numbers', () => {
  test('whole ones are integers, also with a decimal point and with values missing', async () => {
    expect(await inferred(['1', '2.0', '', '-3'])).toEqual({
      kind: 'integer?',
      values: [1, 2, null, -3],
      problems: [],
    });
  });

  test('one fraction makes the column numeric, few distinct values do not make it categorical', async () => {
    expect(await inferred(['1', '2', '0.5', '1e3'])).toMatchObject({ kind: 'numeric', values: [1, 2, 0.5, 1000] });
    expect(await inferred(range(200, (i) => [0.5, 1.5][i % 2]))).toMatchObject({ kind: 'numeric' });
  });

  test('a fraction far behind any sample makes the column numeric', async () => {
    const text = `x,y\n${range(30_000, (i) => `${i === 29_999 ? 0.5 : i % 7},${i}\n`).join('')}`;
    expect(kinds(await inspectHere(text))).toEqual(['x numeric', 'y id-like']);
  });

  test('leading zeros make a code of it', async () => {
    expect(await inferred(['00123', '04567', '00123'])).toMatchObject({
      kind: 'categorical',
      values: ['00123', '04567', '00123'],
    });
    expect(await inferred(['0', '0.5', '10'])).toMatchObject({ kind: 'numeric' });
  });

  test('whole numbers beyond 2^53 are kept as text to the last digit, with a warning', async () => {
    expect(await inferred(['9007199254740993', '12', '9007199254740993'])).toEqual({
      kind: 'categorical',
      values: ['9007199254740993', '12', '9007199254740993'],
      problems: ['integer-too-large x:2'],
    });
    expect(await inferred(['1e20', '12.5'])).toMatchObject({ kind: 'numeric', values: [1e20, 12.5] });
  });

  test('digits joined by an underscore are no number', async () => {
    expect(await inferred(['1_000', '2_000', '1_000'])).toMatchObject({ kind: 'categorical' });
  });
});

describe('numbers with thousands separators', () => {
  test('are numbers, with a warning that names the first', async () => {
    expect(await inferred(['950.5', '1,057.13', '-2,000', '', '12,345,678.5'])).toEqual({
      kind: 'numeric?',
      values: [950.5, 1057.13, -2000, null, 12_345_678.5],
      problems: ['thousands-separators x:3'],
    });
    expect(await inferred(['1,000', '2,500'])).toMatchObject({ kind: 'integer', values: [1000, 2500] });
  });

  test('are grouped by points where commas are for decimals', async () => {
    const text = `x;other\n${['950,5', '1.057,13', '1.057', '2.000.000'].map((value) => `${value};a\n`).join('')}`;
    const inspection = await inspectHere(text);
    const rows = inspection.ok ? await readRows(inspection.output, { offset: 0, limit: 10 }) : [];
    expect(rows.map(({ x }) => x)).toEqual([950.5, 1057.13, 1057, 2_000_000]);
  });

  test.each([
    ['commas that group nothing', ['1,5', '2,25', '3,1']],
    ['a decimal comma with three digits', ['0,123', '0,500', '0,250']],
    ['lists', ['1,2,3', '4,5,6', '7,8,9']],
    ['codes', ['1,000-A', '2,000-B', '3,000-C']],
  ])('%s are none', async (_, values) => {
    const found = await inferred(values);
    expect(found).toMatchObject({ values, problems: [] });
  });

  test('one that stands for nothing else among many is found behind the sample by its row', async () => {
    const values = range(25_000, (i) => (i === 24_000 ? '1,057' : i % 900));
    expect((await inferred(values)).problems).toEqual(['bad-value x:24002']);
  });
});

describe('truth values', () => {
  test('are true and false, yes and no, in any case', async () => {
    expect(await inferred(['true', 'False', ''])).toMatchObject({ kind: 'boolean?', values: [true, false, null] });
    expect(await inferred(['Yes', 'no', 'no'])).toMatchObject({ kind: 'boolean', values: [true, false, false] });
  });

  test('stay words in the target, which predictions repeat', async () => {
    expect(await inferred(['yes', 'no', 'no'], 'x', { roles: { target: 'x' } })).toMatchObject({
      kind: 'categorical',
      values: ['yes', 'no', 'no'],
    });
  });

  test('are none if a third word occurs', async () => {
    expect(await inferred([...range(60, (i) => ['yes', 'no'][i % 2]), 'maybe'])).toMatchObject({ kind: 'categorical' });
  });
});

describe('times', () => {
  test.each([
    ['2024-01-31', '2024-01-31T00:00:00.000Z'],
    ['2024/1/31', '2024-01-31T00:00:00.000Z'],
    ['2024-01-31 13:45:10', '2024-01-31T13:45:10.000Z'],
    ['2024-01-31T13:45:10.250Z', '2024-01-31T13:45:10.250Z'],
    ['2024-01-31T13:45:10+02:00', '2024-01-31T11:45:10.000Z'],
    ['31/01/2024', '2024-01-31T00:00:00.000Z'],
    ['01/31/2024 01:45 PM', '2024-01-31T13:45:00.000Z'],
    ['31.01.2024 13:45', '2024-01-31T13:45:00.000Z'],
    ['1/31/24', '2024-01-31T00:00:00.000Z'],
    ['31-Jan-2024', '2024-01-31T00:00:00.000Z'],
    ['Jan 31, 2024', '2024-01-31T00:00:00.000Z'],
    ['2024-01', '2024-01-01T00:00:00.000Z'],
    ['2024Q3', '2024-07-01T00:00:00.000Z'],
    ['2024-Q3', '2024-07-01T00:00:00.000Z'],
  ])('%s is %s', async (written, iso) => {
    expect(await inferred([written, '', written])).toMatchObject({ kind: 'timestamp?', values: [iso, null, iso] });
  });

  test('all values decide which comes first, the day or the month', async () => {
    const days = range(2_000, (i) => (i === 1_999 ? '13/02/2024' : '01/02/2024'));
    const inspection = await inspectHere(column(days));
    expect(kinds(inspection)[0]).toBe('x timestamp');
    expect(summarize(inspection)).not.toContain('ambiguous-date x:2');
    const [row] = await readRows(inspection.output, { offset: 0, limit: 1 });
    expect(row?.x).toBe('2024-02-01T00:00:00.000Z');
  });

  test('a date that can be read both ways is read month first, with a warning', async () => {
    expect(await inferred(['01/02/2024', '03/04/2024'])).toEqual({
      kind: 'timestamp',
      values: ['2024-01-02T00:00:00.000Z', '2024-03-04T00:00:00.000Z'],
      problems: ['ambiguous-date x:2'],
    });
  });

  test('a day that does not exist is a problem of its line', async () => {
    expect(await inferred(range(40, (i) => (i === 20 ? '2024-02-30' : '2024-02-28')))).toMatchObject({
      problems: ['bad-value x:22'],
    });
  });

  test('article numbers with hyphens are no dates', async () => {
    expect(await inferred(['5-1-2', '7-3-1', '5-1-2'])).toMatchObject({ kind: 'categorical' });
  });

  test.each([
    [['2001', '2002'], '2001-01-01T00:00:00.000Z'],
    [['202401', '202402'], '2024-01-01T00:00:00.000Z'],
    [['20240131', '20240201'], '2024-01-31T00:00:00.000Z'],
    [['1700000000', '1700000060'], '2023-11-14T22:13:20.000Z'],
    [['1700000000000', '1700000060000'], '2023-11-14T22:13:20.000Z'],
  ])('whole numbers such as %j are times where the column was named as the time', async (written, iso) => {
    const found = await inferred(written, 'when', { roles: { timestamp: 'when' } });
    expect([found.kind, found.values[0]]).toEqual(['timestamp', iso]);
  });

  test('a column named as the time that holds none is refused', async () => {
    const options = { roles: { timestamp: 'x' } };
    expect((await inferred(['a', 'b'], 'x', options)).problems).toEqual(['timestamp-not-a-time x:']);
    expect((await inferred(['1.5', '2.5'], 'x', options)).problems).toEqual(['timestamp-not-a-time x:']);
    expect((await inferred(['20241301', '20240101'], 'x', options)).problems).toEqual(['timestamp-not-a-time x:']);
  });
});

describe('mixed columns', () => {
  test('one word among twenty numbers must be mended', async () => {
    expect((await inferred(range(20, (i) => (i === 9 ? '?' : i)))).problems).toEqual(['bad-value x:11']);
  });

  test('many words among numbers make text of the column, with a warning', async () => {
    const found = await inferred(range(20, (i) => (i % 4 === 3 ? 'n.a.' : i)));
    expect(found.problems).toEqual(['mixed-values x:5']);
    expect(found.values[0]).toBe('0');
  });
});

describe('dates of mixed spellings', () => {
  const problemOf = async (values: readonly unknown[], options: Options = {}) => {
    const { problems } = await inspectHere(column(values, 'when'), options);
    return problems.find((problem) => problem.column === 'when');
  };
  const inThree = range(
    40,
    (i) => [`2016-11-${10 + (i % 20)}`, `11/${13 + (i % 10)}/2016`, `${10 + (i % 20)}-Nov-16`][i % 3],
  );
  const three =
    'The dates of "when" are spelled in 3 ways, first "2016-11-10" in row 2, "11/14/2016" in row 3, "12-Nov-16" in row 4';
  const oneWay = 'Write its dates in one way, best as 2016-11-17, and upload the table again.';

  test('are text, with a warning that names the first row and value of each spelling', async () => {
    expect(await problemOf(inThree)).toEqual({
      code: 'mixed-dates',
      severity: 'warning',
      message: `${three}, so the column is kept as text.`,
      cure: oneWay,
      column: 'when',
      row: 2,
    });
    expect((await inferred(inThree)).values[1]).toBe('11/14/2016');
  });

  test('are refused in a column named as the time, in the same words', async () => {
    const problem = await problemOf(inThree, { roles: { timestamp: 'when' } });
    expect(problem).toMatchObject({ code: 'timestamp-not-a-time', message: `${three}.`, cure: oneWay, row: 2 });
  });

  test('days before months are another spelling than months before days', async () => {
    const both = range(40, (i) => (i < 30 ? `11/${13 + (i % 10)}/2016` : `${13 + (i % 10)}/11/2016`));
    expect((await problemOf(both))?.message).toContain('2 ways, first "11/13/2016" in row 2, "13/11/2016" in row 32');
  });

  test('of which one is a slip far behind, are refused', async () => {
    const slip = range(30_000, (i) => (i === 29_000 ? '17.11.2016' : `2016-11-${10 + (i % 20)}`));
    expect(await problemOf(slip)).toMatchObject({
      code: 'mixed-dates',
      severity: 'error',
      message: 'The dates of "when" are spelled in 2 ways, first "2016-11-10" in row 2, "17.11.2016" in row 29002.',
    });
  });

  test('are found in a long table too', async () => {
    const long = range(
      60_000,
      (i) => [`2016-11-${10 + (i % 20)}`, `11/${13 + (i % 10)}/2016`, `${10 + (i % 20)}-Nov-16`][i % 3],
    );
    expect((await problemOf(long))?.code).toBe('mixed-dates');
  });

  test('a word in a column of dates named as the time is named with its row', async () => {
    const words = range(40, (i) => (i % 4 === 3 ? 'soon' : '2016-11-17'));
    expect((await problemOf(words, { roles: { timestamp: 'when' } }))?.message).toBe(
      'The value "soon" of "when" in row 5 is not a date or time, and the column was named as the time (10 such values).',
    );
  });
});

describe('strings', () => {
  test('that come again are categorical', async () => {
    expect(await inferred(range(100, (i) => `city ${i % 30}`))).toMatchObject({ kind: 'categorical' });
    expect(await inferred(range(900, (i) => `code${i % 300}`))).toMatchObject({ kind: 'categorical' });
  });

  test('that are nearly all distinct single words are id-like', async () => {
    expect(await inferred(range(100, (i) => `K-${i % 98}`))).toMatchObject({ kind: 'id-like' });
    expect(await inferred(['u1', 'u2', 'u3', 'u4', 'u5'], 'user_id')).toMatchObject({ kind: 'id-like' });
  });

  test('of several words, nearly all distinct, are text', async () => {
    expect(await inferred(range(100, (i) => `a remark on case ${i}`))).toMatchObject({ kind: 'text' });
    expect(await inferred(range(100, (i) => `${'long '.repeat(40)}${i % 3}`))).toMatchObject({ kind: 'text' });
  });
});

describe('whole numbers that identify rows', () => {
  test('are all distinct and named so', async () => {
    const shuffled = range(50, (i) => (i * 37) % 101);
    expect(await inferred(shuffled, 'customerId')).toMatchObject({ kind: 'id-like' });
    expect(await inferred(shuffled, 'distance')).toMatchObject({ kind: 'integer' });
    expect(
      await inferred(
        range(50, (i) => i % 10),
        'store_id',
      ),
    ).toMatchObject({ kind: 'integer' });
  });

  test('or count the rows one by one', async () => {
    expect(await inferred(range(50, (i) => i))).toMatchObject({ kind: 'id-like' });
    expect(await inferred(range(50, (i) => i + 1000))).toMatchObject({ kind: 'id-like' });
  });

  test.each([
    ['a meter that increases', range(50, (i) => i * 3), 'meter'],
    ['years', range(50, (i) => 1950 + i), 'year'],
    ['numbers without gaps in another order', range(50, (i) => (i * 7) % 50), 'rank'],
    ['fewer than twenty', range(10, (i) => i), 'dose'],
  ])('but not %s', async (_, values, name) => {
    expect(await inferred(values, name)).toMatchObject({ kind: 'integer' });
  });

  test('and not the target', async () => {
    expect(
      await inferred(
        range(50, (i) => i),
        'x',
        { roles: { target: 'x' } },
      ),
    ).toMatchObject({ kind: 'integer' });
  });
});

describe('columns without use', () => {
  test('one without values is text, with a warning', async () => {
    expect(await inferred(['', 'NA', ''])).toEqual({
      kind: 'text?',
      values: [null, null, null],
      problems: ['all-null-column x:'],
    });
  });

  test('one whose values are all the same is named', async () => {
    expect((await inferred([4, 4, 4])).problems).toEqual(['constant-column x:']);
  });
});
