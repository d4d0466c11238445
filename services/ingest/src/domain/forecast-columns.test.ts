import { type Column, type DataProblem, ForecastRequest, type Profile, type Roles } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { forecastColumns } from './forecast-columns.ts';

const column = (name: string, kind: Column['kind']): Column => ({ name, kind, nullable: false });
const schema = [
  column('shop', 'categorical'),
  column('day', 'timestamp'),
  column('price', 'numeric'),
  column('sales', 'integer'),
];

const find = (
  request: object,
  table: { schema?: Column[]; roles?: Roles; future?: Column[]; problems?: DataProblem[]; profile?: Profile } = {},
) => forecastColumns(ForecastRequest.parse({ horizon: 1, ...request }), { schema, roles: {}, ...table });

test('columns are taken as asked, else by role', () => {
  const roles = { item: 'shop', timestamp: 'day', target: 'sales' };

  expect(find({ target: 'price' }, { roles })).toEqual({
    ok: true,
    columns: { item: 'shop', time: 'day', target: 'price' },
  });
});

test('without either, the one column of dates and the last one of numbers are taken, as one series', () => {
  expect(find({})).toEqual({ ok: true, columns: { time: 'day', target: 'sales' } });
});

test('a column that is not there is refused with the nearest names', () => {
  expect(find({ item: 'shops' })).toMatchObject({
    refusal: { code: 'column-missing', field: 'item', cure: expect.stringMatching(/^The nearest are shop,/) },
  });
  expect(find({ known: ['price', 'prices'] })).toMatchObject({ refusal: { field: 'known[1]' } });
});

test('the table of the future needs the item, the time and the known columns, and no target', () => {
  const known = ['price'];
  const [shop, day, price] = schema as [Column, Column, Column];

  expect(find({ item: 'shop', known }, { future: [shop, day, price] })).toMatchObject({ ok: true });
  expect(find({ item: 'shop', known }, { future: [shop, day] })).toMatchObject({
    refusal: { code: 'column-missing', field: 'futureId', detail: 'There is no column price.' },
  });
});

test.each([
  [{ item: 'sales', target: 'sales' }, 'target', 'The column sales is named both as item and as target.'],
  [{ item: 'day' }, 'time', 'The column day is named both as item and as time.'],
  [{ known: ['sales'] }, 'known[0]', 'The column sales is named both as target and as known[0].'],
  [{ known: ['price', 'price'] }, 'known[1]', 'The column price is named both as known[0] and as known[1].'],
])('a column that is named for two things is refused (%j)', (request, field, detail) => {
  expect(find(request)).toMatchObject({ refusal: { code: 'column-named-twice', field, detail } });
});

test.each(['Mean', 'window', 'model', 'actual', 'scale', 'P50'])(
  'an item or a time named %s, as a column of the results is, is refused',
  (name) => {
    const item = [column(name, 'categorical'), ...schema];
    expect(find({ item: name }, { schema: item })).toMatchObject({
      refusal: { code: 'column-name-taken', field: 'item' },
    });
    const time = [column(name, 'timestamp'), column('sales', 'integer')];
    expect(find({}, { schema: time })).toMatchObject({ refusal: { code: 'column-name-taken', field: 'time' } });
    const target = [column('day', 'timestamp'), column(name, 'integer')];
    expect(find({}, { schema: target })).toMatchObject({ ok: true });
  },
);

test('no column of dates, or several, is unclear', () => {
  expect(find({}, { schema: [column('sales', 'integer')] })).toMatchObject({ refusal: { code: 'time-unclear' } });
  expect(find({}, { schema: [...schema, column('delivered', 'timestamp')] })).toMatchObject({
    refusal: { code: 'time-unclear', detail: expect.stringContaining('day, delivered') },
  });
});

test('a target of texts, or none at all, is refused', () => {
  expect(find({ target: 'shop' })).toMatchObject({ refusal: { code: 'target-not-numeric', field: 'target' } });
  expect(find({}, { schema: schema.slice(0, 2) })).toMatchObject({ refusal: { code: 'target-missing' } });
});

test('a target that goes up by one with each row is one of numbers, though it looks like an identifier', () => {
  const counted = [column('day', 'timestamp'), column('sales', 'id-like')];
  const profile = (mean?: number) => ({
    rows: 60,
    columns: [{ name: 'sales', nulls: 0, distinct: 60, ...(mean === undefined ? {} : { mean }) }],
  });
  const found = { ok: true, columns: { time: 'day', target: 'sales' } };

  expect(find({}, { schema: counted, profile: profile(30) })).toEqual(found);
  expect(find({ target: 'sales' }, { schema: counted, profile: profile(30) })).toEqual(found);
  expect(find({ target: 'sales' }, { schema: counted, profile: profile() })).toMatchObject({
    refusal: { code: 'target-not-numeric' },
  });
});

test('a target without values is refused as such, whatever kind it was taken for', () => {
  const empty = { code: 'all-null-column', severity: 'warning', column: 'shop', message: '', cure: '' } as const;
  expect(find({ target: 'shop' }, { problems: [empty] })).toMatchObject({
    refusal: { code: 'target-not-numeric', detail: 'The target shop has no values.' },
  });
});

test('a time that is no column of dates is refused', () => {
  expect(find({ time: 'shop' })).toMatchObject({ refusal: { code: 'time-not-dates', field: 'time' } });
});

test.each([
  [{ time: 'when' }, {}],
  [{}, { timestamp: 'when' }],
  [{}, {}],
])('a time spelled in several ways is refused in the words of its upload (%j, %j)', (request, roles) => {
  const found = { message: 'The dates of "when" are spelled in 2 ways, first …', cure: 'Write its dates in one way.' };
  const problems = [{ ...found, code: 'mixed-dates', severity: 'warning', column: 'when', row: 2 } as const];
  const table = { schema: [column('when', 'text'), column('sales', 'integer')], roles, problems };

  expect(find(request, table)).toEqual({
    ok: false,
    refusal: { code: 'time-not-dates', detail: found.message, field: 'time', cure: found.cure },
  });
});
