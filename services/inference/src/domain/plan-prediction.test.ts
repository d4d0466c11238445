import { type Column, Problem } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { planPrediction, type TableToPredict } from './plan-prediction.ts';

type Loaded = Parameters<typeof planPrediction>[0];

const used = (name: string, kind: Column['kind'] = 'numeric') => ({ name, kind, used: true });
const column = (name: string, kind: Column['kind'] = 'numeric'): Column => ({ name, kind, nullable: false });

const plane: TableToPredict = {
  id: 'ds_1',
  name: 'plane',
  schema: ['x', 'y', 'z'].map((name) => column(name)),
  roles: {},
};

function loaded(change: Partial<Loaded> & { labels?: readonly (string | number | boolean)[] } = {}): Loaded {
  const { labels, ...rest } = change;
  return {
    version: 3,
    task: labels === undefined ? 'regression' : 'classification',
    target: 'z',
    inputs: [used('x'), { name: 'y', kind: 'text', used: false, unusedBecause: 'text' }],
    predictor: {
      ...(labels === undefined ? {} : { labels }),
      predict: () => ({ predictions: [], ...(labels === undefined ? {} : { probabilities: [] }) }),
      intervals: (coverage) => {
        if (coverage > 0.9) throw new Problem(422, 'coverage-unavailable', 'too few rows');
        return (value) => ({ lower: value - 1, upper: value + 1, coverage });
      },
    },
    ...rest,
  };
}

const plan = (model: Loaded, table = plane, request = {}) =>
  planPrediction(model, table, { datasetId: table.id, ...request }, 'ds_2');

test('the columns that the model uses are read, and the predictions get a name', () => {
  expect(plan(loaded())).toEqual({
    version: 3,
    task: 'regression',
    target: 'z',
    inputs: [column('x')],
    datasetId: 'ds_2',
    name: 'plane-predictions',
    roles: {},
    predictionColumn: 'prediction',
    probabilities: [],
  });
  expect(plan(loaded(), { ...plane, name: 'n'.repeat(100) }).name).toHaveLength(100);
  expect(plan(loaded(), plane, { name: 'mine' }).name).toBe('mine');
});

test('a column that the model uses must be there; one that it does not use may be missing', () => {
  const without = (name: string) => ({ ...plane, schema: plane.schema.filter((each) => each.name !== name) });
  expect(plan(loaded(), without('y')).inputs).toEqual([column('x')]);
  expect(() => plan(loaded(), without('x'))).toThrow(/no column x/);
});

test('each label has its probability, under names that are free whatever their case', () => {
  const schema = ['x', 'Prediction', 'prediction_2', 'probability_A'].map((name) => column(name));
  const { predictionColumn, probabilities } = plan(loaded({ labels: ['a', 'A', 'b\tc', true] }), { ...plane, schema });
  expect(predictionColumn).toBe('prediction_3');
  expect(probabilities).toEqual([
    { label: 'a', column: 'probability_a_2' },
    { label: 'A', column: 'probability_A_3' },
    { label: 'b\tc', column: 'probability_b c' },
    { label: true, column: 'probability_true' },
  ]);
});

test('more than a hundred labels have no probabilities, nor have those of a learner without any', () => {
  const many = Array.from({ length: 101 }, (_, label) => label);
  expect(plan(loaded({ labels: many })).probabilities).toEqual([]);
  expect(plan(loaded({ labels: many.slice(1) })).probabilities).toHaveLength(100);
  const withoutAny = { ...loaded().predictor, labels: ['a', 'b'], predict: () => ({ predictions: [] }) };
  expect(plan(loaded({ predictor: withoutAny })).probabilities).toEqual([]);
});

test('an interval has two columns, under names that are free, and what the model cannot give is refused at once', () => {
  const schema = ['x', 'lower'].map((name) => column(name));
  const interval = { coverage: 0.8, lower: 'lower_2', upper: 'upper' };
  expect(plan(loaded(), { ...plane, schema }, { interval: 0.8 }).interval).toEqual(interval);
  expect(plan(loaded())).not.toHaveProperty('interval');
  expect(() => plan(loaded(), plane, { interval: 0.95 })).toThrow(
    expect.objectContaining({ code: 'coverage-unavailable' }),
  );
});

test('a table that has no room for another column is refused', () => {
  const schema = Array.from({ length: 2000 }, (_, index) => column(index === 0 ? 'x' : `c${index}`));
  expect(() => plan(loaded(), { ...plane, schema })).toThrow(expect.objectContaining({ code: 'too-many-columns' }));
});

test('truth values are read as words by a model that was trained on words', () => {
  const schema = [column('x', 'boolean')];
  expect(plan(loaded({ inputs: [used('x', 'categorical')] }), { ...plane, schema }).inputs).toEqual([
    column('x', 'categorical'),
  ]);
  expect(plan(loaded({ inputs: [used('x', 'boolean')] }), { ...plane, schema }).inputs).toEqual(schema);
});
