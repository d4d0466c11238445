import { expect, test } from '@jest/globals';
import { createRandom } from '../numeric/random.ts';
import type { Activation } from './activation.ts';
import { initialParameters, layersOf } from './layers.ts';
import { createNetwork } from './network.ts';
import { crossEntropy, squaredError } from './output-loss.ts';

const random = createRandom(3);
const numbers = (count: number): Float64Array => Float64Array.from({ length: count }, () => 2 * random() - 1);

// seven rows and five units: blocks of four and what is left over both occur
test.each<[Activation, 'regression' | 'classification', number[]]>([
  ['tanh', 'regression', [3, 5, 1]],
  ['tanh', 'classification', [3, 5, 6, 3]],
  ['relu', 'regression', [2, 9, 4, 1]],
  ['relu', 'classification', [6, 5, 2]],
])('the gradient is that of finite differences: %s, %s', (activation, task, widths) => {
  const rows = 7;
  const layers = layersOf(widths);
  const outputs = widths.at(-1) as number;
  const parameters = initialParameters(layers, random);
  const x = { values: numbers(2 + rows * (widths[0] as number)), at: 2 };
  const y = task === 'regression' ? numbers(rows) : Float64Array.from({ length: rows }, (_, row) => row % outputs);
  const lossOf = task === 'regression' ? squaredError : crossEntropy(outputs, numbers(outputs).map(Math.abs));
  const network = createNetwork(layers, activation, rows);
  const lossAt = (point: Float64Array): number => lossOf(y)(network.forward(point, x, rows), rows);
  const gradient = new Float64Array(parameters.length);
  const loss = network.backward(parameters, x, rows, lossOf(y), gradient);
  expect(loss).toBeCloseTo(lossAt(parameters), 12);
  const step = 1e-6;
  for (const [index, slope] of gradient.entries()) {
    const [above, below] = [step, -step].map((change) =>
      lossAt(parameters.with(index, (parameters[index] as number) + change)),
    ) as [number, number];
    expect((above - below) / (2 * step)).toBeCloseTo(slope, 7);
  }
});
