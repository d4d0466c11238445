import { expect, test } from '@jest/globals';
import { allRows, columnsOfKind, frameOf, numeric } from '../../test/oracle.ts';
import { fitShop, shop, shopInputs, shopInstances } from '../../test/tables.ts';
import { readTarball } from '../artifact/tarball.ts';
import { algorithms, createPredictor, fitModel, loadModel, predictRows, saveModel } from '../index.ts';
import { roundsOf } from '../trees/booster-file.ts';

const trees = ['xgboost', 'random-forest'];
const targets = ['price', 'sold', 'grade'];
const fits = trees.flatMap((algorithm) => targets.map((target) => [algorithm, target] as const));

test.each(fits)('%s of %s is saved as a file that XGBoost reads', async (algorithm, target) => {
  const files = await readTarball(await saveModel(await fitShop(target, { algorithm })), 1e9);
  expect([...files.keys()].sort()).toEqual(['manifest.json', 'parameters.json', 'xgboost-model']);
  // the start of XGBoost's UBJSON: an object whose first key has its length in 8 bytes
  expect(Array.from(files.get('xgboost-model')?.subarray(0, 3) ?? [])).toEqual([0x7b, 0x4c, 0]);
});

test.each(fits)('explanations of %s of %s add up to a score by input column', async (algorithm, target) => {
  const model = await fitShop(target, { algorithm });
  const { explain, predict } = createPredictor(model);
  const explanations = explain?.(shopInstances) ?? [];
  expect(explanations).toHaveLength(shopInstances.length);
  const { predictions, probabilities } = predict(shopInstances);
  for (const [row, { baseValue, contributions, label }] of explanations.entries()) {
    expect(Object.keys(contributions)).toEqual(['carat', 'cut', 'gift', 'day'].filter((name) => name in contributions));
    const score = Object.values(contributions).reduce((sum, value) => sum + value, baseValue);
    if (target === 'price') expect(score).toBeCloseTo(predictions[row] as number, 2);
    else expect(label).toEqual(predictions[row]);
    if (target === 'sold' && algorithm === 'xgboost') {
      expect(1 / (1 + Math.exp(-score))).toBeCloseTo(Math.max(...(probabilities?.[row] ?? [])), 5);
    }
  }
});

/** y depends on x0, and on nothing else. */
const stepTable = (rows: number) => {
  const x = Array.from({ length: rows }, (_, row) => ((row * 37) % rows) / rows);
  return {
    frame: frameOf(
      numeric('x0', x),
      numeric(
        'x1',
        x.map((_, row) => row % 7),
      ),
      numeric(
        'y',
        x.map((value) => (value > 0.3 ? 10 : -2)),
      ),
    ),
    inputs: columnsOfKind('numeric', 'x0', 'x1'),
    target: { name: 'y', kind: 'numeric', nullable: false } as const,
    task: 'regression' as const,
    training: Int32Array.from({ length: rows }, (_, row) => row),
    seed: 1,
  };
};

test.each(trees)('%s learns a step', async (algorithm) => {
  const table = stepTable(500);
  const predictions = predictRows(await fitModel({ ...table, algorithm }), table.frame, table.training);
  if (predictions.task !== 'regression') throw new Error('no regression');
  const { columns } = table.frame;
  const y = columns.at(-1);
  if (y?.type !== 'numeric') throw new Error('no target');
  const errors = predictions.values.map((value, row) => Math.abs(value - (y.values[row] as number)));
  expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.1);
});

test.each(trees)('the model does not depend on the number of threads: %s', async (algorithm) => {
  const table = stepTable(150_000);
  const hyperparameters = algorithm === 'xgboost' ? { num_round: 3 } : { num_parallel_tree: 3, max_depth: 8 };
  const fit = (threads: number) => fitModel({ ...table, algorithm, hyperparameters, threads });
  expect(await fit(2)).toEqual(await fit(1));
});

test.each([0.1, 0.9])('xgboost predicts the quantile that it is asked for: %d', async (quantile_alpha) => {
  const noise = Array.from({ length: 2000 }, (_, row) => ((row * 7919) % 2003) / 2003);
  const frame = frameOf(
    numeric(
      'x',
      noise.map((_, row) => row % 2),
    ),
    numeric(
      'y',
      noise.map((value, row) => value * (row % 2 === 0 ? 1 : 10)),
    ),
  );
  const model = await fitModel({
    ...stepTable(2000),
    frame,
    inputs: columnsOfKind('numeric', 'x'),
    algorithm: 'xgboost',
    hyperparameters: { objective: 'reg:quantileerror', quantile_alpha, num_round: 60 },
  });
  const predictions = predictRows(model, frame, Int32Array.of(0, 1));
  if (predictions.task !== 'regression') throw new Error('no regression');
  expect(predictions.values[0]).toBeCloseTo(quantile_alpha, 1);
  expect((predictions.values[1] as number) / 10).toBeCloseTo(quantile_alpha, 1);
});

const regressions = ['squarederror', 'squaredlogerror', 'absoluteerror', 'tweedie'];

test.each([...regressions.map((name) => `reg:${name}`), 'count:poisson'])(
  'xgboost learns a positive target by %s',
  async (objective) => {
    const table = stepTable(400);
    const columns = table.frame.columns.map((column) =>
      column.name === 'y' && column.type === 'numeric'
        ? { ...column, values: column.values.map((y) => y + 3) }
        : column,
    );
    const frame = { ...table.frame, columns };
    const model = await fitModel({ ...table, frame, algorithm: 'xgboost', hyperparameters: { objective } });
    const predictions = predictRows(model, frame, table.training);
    if (predictions.task !== 'regression') throw new Error('no regression');
    // 1 up to 0.3 and 13 above; the logarithm's curvature makes small steps
    for (const [row, value] of predictions.values.entries()) {
      if ((row * 37) % 400 > 120) expect(value).toBeGreaterThan(9);
      else expect(value).toBeLessThan(5);
    }
  },
);

test('early stopping keeps the rounds up to the best one', async () => {
  const table = stepTable(1000);
  const hyperparameters = { num_round: 2000, eta: 0.5, early_stopping_rounds: 5 };
  const stopped = await fitModel({ ...table, algorithm: 'xgboost', hyperparameters });
  const all = await fitModel({ ...table, algorithm: 'xgboost', hyperparameters: { num_round: 2000, eta: 0.5 } });
  const bytes = (model: typeof all): number => model.parameters.arrays['xgboost-model']?.length ?? 0;
  expect(bytes(stopped)).toBeLessThan(bytes(all) / 5);
});

test.each([
  ['xgboost', { max_depth: 99 }],
  ['xgboost', { monotone_constraints: [2] }],
  ['random-forest', { colsample_bynode: 0 }],
])('hyperparameters out of range are refused: %s %o', async (algorithm, hyperparameters) => {
  await expect(fitShop('price', { algorithm, hyperparameters })).rejects.toThrow(
    expect.objectContaining({ code: 'hyperparameter-refused' }),
  );
});

test('a file that is no model of XGBoost’s is refused', async () => {
  const model = await fitShop('price', { algorithm: 'xgboost' });
  const parameters = { values: {}, arrays: { 'xgboost-model': new Uint8Array([0x80, 4, 0x95]) } };
  await expect(loadModel(await saveModel({ ...model, parameters }))).rejects.toThrow(
    expect.objectContaining({ code: 'booster-refused' }),
  );
});

test('a model of another number of classes is refused', async () => {
  const { parameters } = await fitShop('grade', { algorithm: 'xgboost' });
  const model = await fitShop('price', { algorithm: 'xgboost' });
  await expect(loadModel(await saveModel({ ...model, parameters }))).rejects.toThrow(
    expect.objectContaining({ code: 'model-invalid' }),
  );
});

test('constant targets, one label and two rows give a model', async () => {
  const constant = frameOf(...shop.columns.filter(({ name }) => name !== 'price'), numeric('price', Array(10).fill(7)));
  for (const algorithm of trees) {
    const model = await fitShop('price', { algorithm, frame: constant });
    expect(predictRows(model, constant, allRows(shop))).toEqual({
      task: 'regression',
      values: new Float64Array(10).fill(7),
    });
    await fitShop('price', { algorithm, training: Int32Array.of(0, 1), inputs: shopInputs });
  }
});

test('xgboost stops by the loss on rows that it is given, and a model of all rows has the rounds of the parts', async () => {
  const table = stepTable(600);
  const part = (from: number) => table.training.filter((row) => row % 3 === from);
  const rest = (from: number) => table.training.filter((row) => row % 3 !== from);
  const hyperparameters = { num_round: 1000, early_stopping_rounds: 5, eta: 0.5 };
  const fit = (from: number) =>
    fitModel({ ...table, algorithm: 'xgboost', hyperparameters, training: rest(from), validation: part(from) });

  const parts = [await fit(0), await fit(1)];
  const settled = algorithms.xgboost.settle?.(
    hyperparameters,
    parts.map(({ parameters }) => parameters),
  );

  const rounds = parts.map(({ parameters }) => roundsOf(parameters));
  expect(Math.max(...rounds)).toBeLessThan(200);
  expect(settled).toEqual({ eta: 0.5, num_round: Math.round(((rounds[0] ?? 0) + (rounds[1] ?? 0)) / 2) });
  expect(parts[0]?.manifest.trainedRows).toBe(400);
});

test('rows to watch whose label training has not seen are no rows to watch', async () => {
  const frame = frameOf(
    numeric('x', [...Array(60).keys()]),
    numeric(
      'y',
      [...Array(60).keys()].map((row) => (row < 40 ? row % 2 : 5)),
    ),
  );
  const all = allRows(frame);
  const model = await fitModel({
    frame,
    inputs: columnsOfKind('numeric', 'x'),
    target: { name: 'y', kind: 'integer', nullable: false },
    task: 'classification',
    algorithm: 'xgboost',
    hyperparameters: { num_round: 30, early_stopping_rounds: 5 },
    training: all.subarray(0, 40),
    validation: all.subarray(40),
    seed: 0,
  });

  expect(model.manifest.target.labels).toEqual([0, 1]);
});
