import type { Column } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { planColumns } from './plan-columns.ts';

const column = (name: string): Column => ({ name, kind: 'numeric', nullable: true });
const model = { inputs: [column('length'), column('side')], target: 'kind' };

test('columns count by name when the first line names one; target and strangers are left out', () => {
  const plan = planColumns(['kind', ' side', 'note', 'length'], model);
  expect(plan.header).toEqual(['kind', ' side', 'note', 'length']);
  expect(plan.unused).toEqual(['note']);
  expect(plan.instance(['rose', 'north', 'x', '2.5'])).toEqual(['2.5', 'north']);
});

test('an input that the file lacks is left to the server', () => {
  expect(planColumns(['length'], model).instance(['2.5'])).toEqual({ length: '2.5' });
});

test.each([[['2.5', 'north']], [['2.5', 'north', 'rose']]])('without names %j counts by place', (first) => {
  const plan = planColumns(first, model);
  expect(plan.header).toBeUndefined();
  expect(plan.instance(first)).toEqual(['2.5', 'north']);
});

test('an unnamed column has the name that an upload gives it', () => {
  const plan = planColumns(['', 'b'], { inputs: [column('column_1'), column('b')], target: 'kind' });
  expect(plan.header).toEqual(['', 'b']);
});

test('missing values are those of uploads', () => {
  const { instance } = planColumns(['length', 'side'], model);
  expect(instance(['', 'NA'])).toEqual([null, null]);
  expect(instance(['nan', 'None'])).toEqual([null, null]);
  expect(instance(['0', 'nothing'])).toEqual(['0', 'nothing']);
});

test('a first line that fits neither way is refused with the names', () => {
  expect(() => planColumns(['1', '2', '3', '4'], model)).toThrow(
    expect.objectContaining({ code: 'wrong-number-of-values', cure: 'Give a header, or values of: length, side.' }),
  );
});
