import {
  type EvaluationTable,
  findEvaluation,
  findPredictions,
  insertEvaluation,
  insertPredictions,
  listEvaluations,
  type PredictionTable,
} from '@bellwether/database';
import { expect, test } from '@jest/globals';
import { onEachDialect } from './on-each-dialect.ts';

const predictions = (change: Partial<PredictionTable> = {}): PredictionTable => ({
  dataset_id: 'ds_2',
  tenant_id: 't1',
  job_id: 'job_1',
  source_id: 'ds_1',
  model: 'm',
  version: 3,
  task: 'classification',
  target: 'Größe',
  prediction_column: 'Größe_predicted',
  probabilities: '[{"label":"a","column":"p_a"}]',
  created_at: 1000,
  ...change,
});

const evaluation = (change: Partial<EvaluationTable> = {}): EvaluationTable => ({
  id: 'ev_1',
  tenant_id: 't1',
  job_id: `job of ${change.id ?? 'ev_1'}`,
  predictions_id: 'ds_2',
  actuals_id: 'ds_3',
  task: 'regression',
  actual_column: 'y',
  prediction_column: 'y_predicted',
  row_id: null,
  row_count: 100,
  metrics: '{"rmse":1}',
  model: 'm',
  version: 1,
  created_at: 1000,
  ...change,
});

onEachDialect((on) => {
  const { act } = on;

  test('how predictions were made is told to their tenant, and stays as it was first said', async () => {
    await act((tx) => insertPredictions(tx, predictions()));
    await act((tx) => insertPredictions(tx, predictions({ version: 4 })));

    expect(await findPredictions(on.read, 't1', 'ds_2')).toEqual(predictions());
    expect(await findPredictions(on.read, 't2', 'ds_2')).toBe(undefined);
    expect(await findPredictions(on.read, 't1', 'ds_1')).toBe(undefined);
  });

  test('an evaluation comes back as it was put in, to its tenant alone', async () => {
    await act((tx) => insertEvaluation(tx, evaluation()));

    expect(await findEvaluation(on.read, 't1', 'ev_1')).toEqual(evaluation());
    expect(await findEvaluation(on.read, 't2', 'ev_1')).toBe(undefined);
  });

  test('a job has one evaluation', async () => {
    await act((tx) => insertEvaluation(tx, evaluation({ job_id: 'j' })));

    await expect(act((tx) => insertEvaluation(tx, evaluation({ id: 'ev_2', job_id: 'j' })))).rejects.toThrow();
  });

  test('evaluations are listed newest first, narrowed by model and predictions', async () => {
    await act(async (tx) => {
      await insertEvaluation(tx, evaluation({ id: 'a' }));
      await insertEvaluation(tx, evaluation({ id: 'b', model: null, version: null }));
      await insertEvaluation(tx, evaluation({ id: 'c', predictions_id: 'ds_9' }));
      await insertEvaluation(tx, evaluation({ id: 'd', tenant_id: 't2' }));
    });
    const ids = async (filter: object) =>
      (await listEvaluations(on.read, 't1', { limit: 10, ...filter })).map(({ id }) => id);

    expect(await ids({})).toEqual(['c', 'b', 'a']);
    expect(await ids({ limit: 1, cursor: 'c' })).toEqual(['b']);
    expect(await ids({ model: 'm' })).toEqual(['c', 'a']);
    expect(await ids({ predictionsId: 'ds_2' })).toEqual(['b', 'a']);
  });
});
