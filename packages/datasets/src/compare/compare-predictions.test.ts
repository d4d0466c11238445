import { expect, test } from '@jest/globals';
import { inspectHere, temporaryFolder } from '../../test/inspect-here.ts';
import { type Compared, type Comparison, comparePredictions } from './compare-predictions.ts';

async function stored(content: string, target?: string): Promise<string> {
  const inspection = await inspectHere(content, target === undefined ? {} : { roles: { target } });
  if (!inspection.ok) throw new Error(inspection.problems[0]?.message);
  return inspection.output;
}

interface Tables {
  readonly predictions: string;
  /** absent: in the same table */
  readonly actuals?: string;
  readonly change?: Partial<Pick<Comparison, 'task' | 'tie' | 'signal'>>;
  readonly column?: string;
  readonly probabilities?: Comparison['predictions']['probabilities'];
}

async function compare({ predictions, actuals, change, column = 'actual', probabilities }: Tables): Promise<Compared> {
  const path = await stored(predictions);
  return await comparePredictions({
    task: 'regression',
    tie: { by: 'place' },
    folder: await temporaryFolder(),
    predictions: { path, column: 'prediction', ...(probabilities === undefined ? {} : { probabilities }) },
    actuals: { path: actuals === undefined ? path : await stored(actuals, column), column },
    ...change,
  });
}

const refusal = (compared: Compared) => (compared.ok ? undefined : compared.problems[0]);

test('numbers are tied by their place', async () => {
  const compared = await compare({ predictions: 'prediction,x\n2,a\n4,b\n9,c\n', actuals: 'actual\n1\n4\n7\n' });

  if (!compared.ok) throw new Error(compared.problems[0]?.message);
  expect(compared.rows).toBe(3);
  expect(compared.metrics.mse).toBeCloseTo(5 / 3, 12);
  expect(compared.metrics.rmse).toBeCloseTo(Math.sqrt(5 / 3), 12);
  expect(compared.metrics.mae).toBe(1);
  expect(compared.metrics.r2).toBeCloseTo(1 - 5 / 3 / 6, 12);
  const logErrors = [Math.log(3 / 2), 0, Math.log(10 / 8)];
  expect(compared.metrics.rmsle).toBeCloseTo(Math.sqrt(logErrors.reduce((sum, e) => sum + e * e, 0) / 3), 12);
});

test('a row’s id ties it, whatever the order and the type of the other table', async () => {
  const tie = { by: 'column', column: 'id' } as const;
  const predictions = 'id,prediction\n11,1.5\n12,2.5\n13,3.5\n';
  const exact = await compare({ predictions, actuals: 'actual,id\n3.5,13\n1.5,11\n2.5,12\n', change: { tie } });
  expect(exact).toMatchObject({ ok: true, rows: 3, metrics: { mse: 0, r2: 1 } });
});

test('both columns may be in one table', async () => {
  const compared = await compare({ predictions: 'actual,prediction\n1,2\n3,3\n' });
  expect(compared).toMatchObject({ ok: true, rows: 2, metrics: { mae: 0.5 } });
});

test('a negative value has no logarithm, and one row explains nothing', async () => {
  const compared = await compare({ predictions: 'actual,prediction\n-1,2\n' });
  expect(compared).toMatchObject({ ok: true });
  expect(compared.ok && Object.keys(compared.metrics)).toEqual(['rmse', 'mae', 'mse']);
});

const words = 'actual,prediction,pa,pb\na,a,0.9,0.1\na,b,0.4,0.6\nb,b,0.4,0.6\nb,b,0.2,0.8\nc,a,0.7,0.3\n';

test('labels are counted, and their probabilities scored', async () => {
  const compared = await compare({
    predictions: words,
    change: { task: 'classification' },
    probabilities: [
      { label: 'a', column: 'pa' },
      { label: 'b', column: 'pb' },
    ],
  });

  if (!compared.ok) throw new Error(compared.problems[0]?.message);
  const { accuracy, balancedAccuracy, f1, logLoss, auc } = compared.metrics;
  expect(accuracy).toBeCloseTo(3 / 5, 12);
  expect(balancedAccuracy).toBeCloseTo((1 / 2 + 1 + 0) / 3, 12);
  expect(f1).toBeCloseTo((2 / 4 + 4 / 5 + 0) / 3, 12);
  // the label c, which the model does not know, had no probability at all
  const losses = [0.9, 0.4, 0.6, 0.8, Number.EPSILON].map((given) => -Math.log(given));
  expect(logLoss).toBeCloseTo(losses.reduce((sum, loss) => sum + loss, 0) / 5, 10);
  // of b against the rest: 0.8 beats 0.1, 0.6 and 0.3; 0.6 beats 0.1 and 0.3, and ties with 0.6
  expect(auc).toBeCloseTo((3 + 2.5) / 6, 12);
});

test.each([
  ['numbers', 'actual\n1\n2\n1\n', 'prediction\n1.0\n2.0\n1.5\n'],
  ['text and numbers', 'actual\n1\n2\nx\n', 'prediction\n1\n2\n3\n'],
  ['words and truth values', 'actual\nyes\nno\nyes\n', 'prediction\ntrue\nfalse\nfalse\n'],
  ['numbers and truth values', 'actual\n1\n0\n1\n', 'prediction\ntrue\nfalse\nfalse\n'],
])('labels are the same though one table holds them as %s', async (_, actuals, predictions) => {
  const compared = await compare({ predictions, actuals, change: { task: 'classification' } });
  expect(compared).toMatchObject({ ok: true, rows: 3 });
  expect(compared.ok && compared.metrics.accuracy).toBeCloseTo(2 / 3, 12);
});

const byId = { tie: { by: 'column', column: 'id' } } as const;

test.each<[string, Tables, object]>([
  [
    'fewer actual values than predictions',
    { predictions: 'prediction\n1\n2\n3\n', actuals: 'actual\n1\n2\n' },
    { code: 'rows-differ', message: 'There are 3 predictions and 2 actual values.' },
  ],
  ['no such column', { predictions: 'predicton\n1\n2\n', actuals: 'actual\n1\n2\n' }, { code: 'column-missing' }],
  [
    'no such column of actual values',
    { predictions: 'prediction,x\n1,1\n2,2\n', column: 'value' },
    { code: 'column-missing', column: 'value' },
  ],
  [
    'words where numbers are compared',
    { predictions: 'prediction\n1\n2\n', actuals: 'actual\nlow\nhigh\n' },
    { code: 'column-not-numeric', column: 'actual' },
  ],
  [
    'a missing value',
    { predictions: 'prediction,x\n1,1\n,2\n3,3\n', actuals: 'actual\n1\n2\n3\n' },
    { code: 'value-missing', column: 'prediction', message: expect.stringContaining('in 1 of 3 rows') },
  ],
  [
    'a row id that comes twice',
    { predictions: 'id,prediction\n1,1\n1,2\n', actuals: 'id,actual\n1,1\n2,2\n', change: byId },
    { code: 'row-id-repeated', column: 'id' },
  ],
  [
    'a row without an id',
    { predictions: 'id,prediction\n1,1\n,2\n', actuals: 'id,actual\n1,1\n2,2\n', change: byId },
    { code: 'row-id-missing', column: 'id' },
  ],
  [
    'a prediction without an actual value',
    { predictions: 'id,prediction\n1,1\n2,2\n', actuals: 'id,actual\n1,1\n3,2\n', change: byId },
    { code: 'rows-unmatched', message: expect.stringMatching(/^1 predictions have no actual value.*"2"/) },
  ],
])('%s is refused', async (_, tables, expected) => {
  expect(refusal(await compare(tables))).toMatchObject(expected);
});

test('an aborted comparison rejects with its reason', async () => {
  const signal = AbortSignal.abort(new Error('cancelled'));
  await expect(compare({ predictions: 'actual,prediction\n1,2\n', change: { signal } })).rejects.toThrow('cancelled');
});
