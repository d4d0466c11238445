import type { Frame } from '@bellwether/contracts';
import type { Model } from '@bellwether/learning';
import { expect, test } from '@jest/globals';
import { readPredicted } from './read-predicted.ts';

const modelOf = (labels?: readonly string[], logTransformed = false): Model =>
  ({ manifest: { target: { name: 'y', kind: 'numeric', logTransformed, labels } } }) as unknown as Model;
const block = (rows: number): Frame => ({ rows, columns: [] });

test('blocks are given their rows one after another, in the target’s units', () => {
  const predict = readPredicted('0.5\n1.5\n2.5\n', modelOf());
  const logged = readPredicted(`${Math.log1p(9)}\n`, modelOf(undefined, true));

  expect(predict(block(2))).toMatchObject({ task: 'regression', values: Float64Array.of(0.5, 1.5) });
  expect(predict(block(1))).toMatchObject({ values: Float64Array.of(2.5) });
  const nine = logged(block(1));
  expect(nine.task === 'regression' ? nine.values[0] : undefined).toBeCloseTo(9, 9);
});

test('of two classes the second’s probability comes back, of more each one’s', () => {
  const two = readPredicted('0.75\n0.25\n', modelOf(['no', 'yes']))(block(2));
  const three = readPredicted('[0.25, 0.5, 0.25]\n', modelOf(['a', 'b', 'c']))(block(1));

  expect(two).toMatchObject({ labels: Int32Array.of(1, 0), probabilities: Float64Array.of(0.25, 0.75, 0.75, 0.25) });
  expect(three).toMatchObject({ labels: Int32Array.of(1), probabilities: Float64Array.of(0.25, 0.5, 0.25) });
});

test('fewer predictions than rows are a fault, not a slip to other rows', () => {
  const predict = readPredicted('0.5\n', modelOf());

  expect(() => predict(block(2))).toThrow(/fewer than the table has rows/);
});
