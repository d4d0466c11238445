import type { Column, ColumnKind, Roles } from '@bellwether/contracts';
import { algorithms } from '@bellwether/learning';
import { expect, test } from '@jest/globals';
import { decidedRequest } from './decided-request.ts';
import { planTraining, type TableFacts } from './plan-training.ts';

interface Given {
  readonly kind?: ColumnKind;
  readonly distinct?: number;
  readonly roles?: Roles;
}

const linear = { algorithm: 'linear' } as const;

/** Columns `a`, `b` and the target `y`, 1,000 rows. */
function table({ kind = 'numeric', distinct = 900, roles = {} }: Given = {}): TableFacts {
  const column = (name: string, of: ColumnKind): Column => ({ name, kind: of, nullable: false });
  const schema = [column('a', 'numeric'), column('b', 'categorical'), column('y', kind)];
  const columns = schema.map(({ name }) => ({ name, nulls: 0, distinct: name === 'y' ? distinct : 50 }));
  return { schema, roles, profile: { rows: 1000, columns } };
}

function planned(...[request, facts]: Parameters<typeof planTraining>) {
  const result = planTraining(request, facts);
  if (!result.ok) throw new Error(result.refusal.detail);
  return result.plan;
}

function refused(request: Parameters<typeof planTraining>[0], facts: TableFacts) {
  const result = planTraining(request, facts);
  if (result.ok) throw new Error('it was planned');
  return result.refusal;
}

test('the target is the one asked for, else the role, else the last column', () => {
  expect(planned({ target: 'a' }, table({ roles: { target: 'b' } })).target.name).toBe('a');
  expect(planned({}, table({ roles: { target: 'a' } })).target.name).toBe('a');
  expect(planned({}, table()).target.name).toBe('y');
});

test('the inputs are all other columns, in the order of the table', () => {
  expect(planned({ target: 'b' }, table()).inputs.map(({ name }) => name)).toEqual(['a', 'y']);
});

test('without candidates every algorithm of the task is tried once', () => {
  const { candidates } = planned({}, table());

  expect(candidates.map(({ algorithm }) => algorithm)).toEqual(Object.keys(algorithms));
  expect(candidates.every(({ trials, space }) => trials === 1 && space === undefined)).toBe(true);
});

test('a baseline is added where nobody asked for one, and only there', () => {
  const algorithms = (candidates: { algorithm: 'linear' | 'baseline' }[]) =>
    planned({ candidates }, table()).candidates.map(({ algorithm }) => algorithm);

  expect(algorithms([linear, linear])).toEqual(['linear', 'linear', 'baseline']);
  expect(algorithms([{ algorithm: 'baseline' }, linear])).toEqual(['baseline', 'linear']);
});

test('each candidate has a seed of its own, counted from the one asked for', () => {
  expect(planned({ seed: 7, candidates: [linear, linear] }, table()).candidates.map(({ seed }) => seed)).toEqual([
    7, 8, 9,
  ]);
});

test('the metric is that of the task unless asked for', () => {
  expect(planned({}, table()).metric).toBe('rmse');
  expect(planned({}, table({ kind: 'boolean', distinct: 2 })).metric).toBe('accuracy');
  expect(planned({ metric: 'mae' }, table()).metric).toBe('mae');
});

test('with a time the hold-out is by time', () => {
  expect(planned({}, table({ roles: { timestamp: 'a' } })).timestamp).toBe('a');
  expect(planned({}, table())).not.toHaveProperty('timestamp');
});

test.each([
  ['a target that is no column', { target: 'z' }, {}, 'target-missing', 'target'],
  ['a target without a value', {}, { distinct: 0 }, 'target-empty', 'target'],
  ['a target of one value', {}, { distinct: 1 }, 'target-constant', 'target'],
  ['a regression of categories', { task: 'regression' }, { kind: 'categorical' }, 'target-not-numeric', 'task'],
  ['a metric of the other task', { metric: 'accuracy' }, {}, 'metric-unfit', 'metric'],
] as const)('%s is refused, naming the field and the cure', (_, request, given, code, field) => {
  const refusal = refused(request, table(given));

  expect(refusal).toMatchObject({ code, field });
  expect(refusal.cure).toMatch(/\.$/);
});

test('a table of its target alone is refused', () => {
  const facts = table();

  expect(refused({}, { ...facts, schema: facts.schema.slice(-1) }).code).toBe('no-inputs');
});

test('a refusal of the target shows the first twenty columns of a wide table', () => {
  const schema = Array.from(
    { length: 30 },
    (_, index): Column => ({ name: `c${index}`, kind: 'text', nullable: true }),
  );
  const { detail } = refused({ target: 'z' }, { ...table(), schema });

  expect(detail).toMatch(/c19, …\.$/);
  expect(detail).not.toContain('c20');
});

test('a request that was filled in from its plan gives the same plan, and says why its task was chosen', () => {
  const facts = table({ kind: 'integer', distinct: 3 });
  const plan = planned({ seed: 3, candidates: [{ algorithm: 'linear' }] }, facts);
  const decided = decidedRequest({ datasetId: 'ds_1', seed: 3, candidates: [{ algorithm: 'linear' }] }, plan);

  expect(decided).toMatchObject({ target: 'y', task: 'classification', metric: 'accuracy', seed: 3 });
  expect(decided.taskReason).toMatch(/3 distinct whole numbers/);
  expect({ ...planned(decided, facts), taskReason: decided.taskReason }).toEqual(plan);
});

test('a request with a budget, filled in, gives the same plan too', () => {
  const request = { budget: { trials: 20, minutes: 5 }, candidates: [linear, { algorithm: 'svm' }] } as const;
  const asked = { ...request, candidates: [...request.candidates] };
  const plan = planned(asked, table());

  const again = planned(decidedRequest({ datasetId: 'ds_1', ...asked }, plan), table());

  expect(again).toEqual({ ...plan, taskReason: again.taskReason });
});

test.each([
  ['text', {}, 'merge the rare ones, or choose another target'],
  ['integer', { task: 'classification' as const }, 'merge the rare ones, or ask for regression'],
] as const)('a target of more labels than any learner tells apart is refused (%s)', (kind, request, cure) => {
  const facts = table({ kind, distinct: 1001 });

  expect(refused(request, facts)).toEqual({
    code: 'too-many-classes',
    detail: `The target y has 1001 different values, and a classification tells 1000 apart at most: ${cure}.`,
    field: 'target',
    cure: expect.stringMatching(/^Merge the rare ones, or .*\.$/),
  });
  expect(planned(request, table({ kind, distinct: 1000 })).task).toBe('classification');
});

test('a learner of fewer labels than the target is refused when it was asked for, and left out when not', () => {
  const facts = table({ kind: 'categorical', distinct: 101 });
  const forest = { algorithm: 'random-forest' } as const;

  expect(refused({ candidates: [linear, forest] }, facts)).toMatchObject({
    code: 'too-many-classes',
    field: 'candidates[1].algorithm',
    detail: expect.stringContaining('has 101 different values, and random-forest tells 100 apart at most'),
  });
  const left = planned({}, facts).candidates.map(({ algorithm }) => algorithm);
  expect(left).toContain('linear');
  expect(left).not.toContain('random-forest');
  expect(planned({}, table({ distinct: 900 })).candidates.map(({ algorithm }) => algorithm)).toContain('random-forest');
});
