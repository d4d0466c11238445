import {
  type Column,
  type DataProblem,
  EnrichmentRequest,
  inventoryOperations,
  type Problem,
  type Roles,
} from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { preprocessingRequest } from './plan-preprocessing.ts';

const column = (name: string, kind: Column['kind'] = 'numeric'): Column => ({ name, kind, nullable: false });
const dates = column('OrderDate', 'timestamp');

function request(
  body: object,
  columns: readonly Column[] = [dates, column('n')],
  roles: Roles = {},
  seen: string[] = [],
  problems: DataProblem[] = [],
) {
  const names = columns.map(({ name }) => ({
    name,
    nulls: 0,
    distinct: 9,
    top: seen.map((value) => ({ value, count: 1 })),
  }));
  const asked = inventoryOperations.preprocess.body.parse(body);
  return preprocessingRequest(asked, { columns, roles, profile: { rows: 9, columns: names }, problems });
}

function refused(...args: Parameters<typeof request>) {
  try {
    request(...args);
  } catch (error) {
    const { code, message, options } = error as Problem;
    return { code, message, cure: options.cure, field: options.field };
  }
  throw new Error('it was planned');
}

test('series are joined at the date, and the last fifth by it is the test', () => {
  const planned = request({ series_ids: ['UNRATE'] });

  expect(EnrichmentRequest.parse(planned)).toEqual(planned);
  expect(planned).toEqual({
    steps: [{ kind: 'macro', series: ['UNRATE'], date: 'OrderDate', asOf: 'observation' }],
    split: { testFraction: 0.2, seed: 0, by: 'time', date: 'OrderDate' },
  });
});

test('without series it is a split alone', () => {
  expect(request({}).steps).toEqual([]);
});

test('of several columns of times the role says which, and `date` says it against the role', () => {
  const columns = [dates, column('shipped', 'timestamp'), column('n')];

  expect(request({}, columns, { timestamp: 'shipped' }).split?.date).toBe('shipped');
  expect(request({ date: 'OrderDate' }, columns, { timestamp: 'shipped' }).split?.date).toBe('OrderDate');
  expect(refused({}, columns)).toMatchObject({
    code: 'timestamp-ambiguous',
    message: 'There are several columns of times: OrderDate, shipped.',
    field: 'date',
  });
});

test.each(['17-Nov-16', '2016/11/17', '11/17/2016', 'Nov 17, 2016', '17.11.2016', '2016-11-17T10:00'])(
  'a text column with %s is named as one that may hold dates',
  (spelled) => {
    const refusal = refused({}, [column('when', 'text'), column('n')], {}, ['', spelled]);

    expect(refusal).toMatchObject({ code: 'timestamp-missing', field: 'date' });
    expect(refusal.message).toContain(`when (as in ${spelled})`);
    expect(refusal.cure).toContain('2016-11-17');
  },
);

test.each(['blue', '12', 'P-10', '1.5', '555-1234', 'a b c'])('a text column with %s is not', (text) => {
  expect(refused({}, [column('what', 'text'), column('n')], {}, [text]).message).toBe(
    'The table has no column of times.',
  );
});

test('a date that is none, and one that is not there, are refused with those that may be one', () => {
  expect(refused({ date: 'n' })).toMatchObject({ code: 'not-a-time', cure: expect.stringContaining('OrderDate') });
  expect(refused({ date: 'Date' })).toMatchObject({
    code: 'column-missing',
    cure: expect.stringContaining('OrderDate'),
  });
});

test.each([
  [{}, 'timestamp-missing'],
  [{ date: 'when' }, 'not-a-time'],
])(
  'of dates in several spellings the refusal of %j says what the upload said: a row and a value of each',
  (body, code) => {
    const mixed = {
      code: 'mixed-dates',
      severity: 'warning',
      message: 'The dates of "when" are spelled in 2 ways, first "2016-11-17" in row 2, "18-Nov-16" in row 3.',
      cure: 'Write its dates in one way.',
      column: 'when',
      row: 2,
    } as const;

    const refusal = refused(body, [column('when', 'text'), column('n')], {}, ['2016-11-17'], [mixed]);

    expect(refusal).toEqual({ code, message: mixed.message, cure: mixed.cure, field: 'date' });
  },
);

test('a split by group keeps the date as a role of what it makes, and names the column of the groups', () => {
  const planned = request({ split_by: 'group', group_column: 'customer' });

  expect(EnrichmentRequest.parse(planned)).toEqual(planned);
  expect(planned.split).toEqual({ testFraction: 0.2, seed: 0, by: 'group', column: 'customer', date: 'OrderDate' });
  expect(refused({ group_column: 'customer' })).toMatchObject({ code: 'split-refused', field: 'group_column' });
});

test.each(['shuffle', 'group'])('without series a split by %s needs no date', (split_by) => {
  const none = [column('n'), column('m')];

  expect(request({ split_by }, none).split).toEqual({ testFraction: 0.2, seed: 0, by: split_by });
  expect(refused({ split_by, date: 'n' }, none)).toMatchObject({ code: 'not-a-time' });
  expect(refused({ split_by, series_ids: ['UNRATE'] }, none)).toMatchObject({ code: 'timestamp-missing' });
});
