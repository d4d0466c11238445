import type { Column, EvaluationRequest } from '@bellwether/contracts';
import type { PredictionTable } from '@bellwether/database';
import { expect, test } from '@jest/globals';
import { type EvaluatedTable, planEvaluation, type TablesToEvaluate } from './plan-evaluation.ts';

const column = (name: string, kind: Column['kind'] = 'numeric', nullable = false): Column => ({ name, kind, nullable });

const table = (id: string, schema: readonly Column[], change: Partial<EvaluatedTable> = {}): EvaluatedTable => ({
  id,
  schema,
  roles: {},
  rows: 100,
  ...change,
});

const predictions = table('ds_p', [column('row_id', 'id-like'), column('x'), column('prediction')]);
const actuals = table('ds_a', [column('z'), column('row_id', 'id-like')]);
const origin: PredictionTable = {
  dataset_id: 'ds_p',
  tenant_id: 't1',
  job_id: 'job_0',
  source_id: 'ds_1',
  model: 'm',
  version: 3,
  task: 'regression',
  target: 'z',
  prediction_column: 'prediction',
  probabilities: '[]',
  created_at: 0,
};

const plan = (request: Partial<EvaluationRequest>, tables: Partial<TablesToEvaluate> = {}) =>
  planEvaluation({ predictionsId: 'ds_p', ...request }, { predictions, actuals, ...tables }, 'ev_1');

test('our own predictions are compared with what their model predicts, tied by row_id', () => {
  expect(plan({}, { origin })).toEqual({
    evaluationId: 'ev_1',
    predictionsId: 'ds_p',
    actualsId: 'ds_a',
    task: 'regression',
    column: 'z',
    predictionColumn: 'prediction',
    rowId: 'row_id',
    probabilities: [],
    model: 'm',
    version: 3,
  });
});

test('another column of our own table is no prediction of the model', () => {
  const { model, predictionColumn } = plan({ predictionColumn: 'x' }, { origin });
  expect({ model, predictionColumn }).toEqual({ model: undefined, predictionColumn: 'x' });
});

test('of strangers’ tables the role target is the truth, else the last column that is no row_id', () => {
  const withRole = { ...actuals, schema: [...actuals.schema, column('w')] };
  expect(plan({}, { actuals: { ...withRole, roles: { target: 'z' } } }).column).toBe('z');
  expect(plan({}, { actuals: withRole }).column).toBe('w');
  expect(plan({}).column).toBe('z');
  expect(plan({ column: 'z' }, { actuals: withRole }).column).toBe('z');
});

test('in one table the truth must be named, by a role or by the request, and rows tie themselves', () => {
  expect(() => plan({}, { actuals: predictions })).toThrow(expect.objectContaining({ code: 'column-missing' }));
  const both = { ...predictions, roles: { target: 'x' } };
  expect(plan({}, { predictions: both, actuals: both })).toMatchObject({ column: 'x', actualsId: 'ds_p' });
  expect(plan({}, { predictions: both, actuals: both })).not.toHaveProperty('rowId');
});

test('without a row_id in both, rows are tied by their order', () => {
  const plain = table('ds_a', [column('z')]);
  expect(plan({}, { actuals: plain })).not.toHaveProperty('rowId');
  const named = {
    predictions: table('ds_p', [column('prediction'), column('k')]),
    actuals: table('ds_a', [column('k'), column('z')]),
  };
  expect(plan({ rowId: 'k' }, named).rowId).toBe('k');
});

test('numbers are a regression, and anything else a classification, unless asked otherwise', () => {
  const words = table('ds_a', [column('z', 'categorical'), column('row_id', 'id-like')]);
  expect(plan({}).task).toBe('regression');
  expect(plan({ task: 'classification' }).task).toBe('classification');
  expect(plan({}, { actuals: words }).task).toBe('classification');
});

test('probabilities are scored where they are the model’s', () => {
  const probabilities = [{ label: 1, column: 'probability_1' }];
  const classified: PredictionTable = {
    ...origin,
    task: 'classification',
    probabilities: JSON.stringify(probabilities),
  };
  expect(plan({}, { origin: classified }).probabilities).toEqual(probabilities);
  expect(plan({ predictionColumn: 'x' }, { origin: classified }).probabilities).toEqual([]);
  expect(plan({ task: 'regression' }, { origin: classified }).probabilities).toEqual([]);
});

test.each<[string, Partial<EvaluationRequest>, Partial<TablesToEvaluate>, string, string]>([
  ['an unknown prediction', { predictionColumn: 'q' }, {}, 'column-missing', 'predictionColumn'],
  ['an unknown truth', { column: 'q' }, {}, 'column-missing', 'column'],
  ['an unknown row id', { rowId: 'x' }, {}, 'column-missing', 'rowId'],
  [
    'words in a regression',
    { task: 'regression' },
    { actuals: table('ds_a', [column('z', 'categorical')]) },
    'column-not-numeric',
    'column',
  ],
  [
    'words predicted in a regression',
    { task: 'regression' },
    { predictions: table('ds_p', [column('prediction', 'text')]), actuals: table('ds_a', [column('z')]) },
    'column-not-numeric',
    'predictionColumn',
  ],
  ['a truth with gaps', {}, { actuals: table('ds_a', [column('z', 'numeric', true)]) }, 'value-missing', 'column'],
  [
    'other counts of rows in order',
    {},
    { actuals: table('ds_a', [column('z')], { rows: 99 }) },
    'rows-differ',
    'actualsId',
  ],
])('%s is refused', (_, request, tables, code, field) => {
  expect(() => plan(request, tables)).toThrow(
    expect.objectContaining({ code, options: expect.objectContaining({ field, cure: expect.any(String) }) }),
  );
});
