import { expect, test } from '@jest/globals';
import { readTransformOutput } from './transform-output.ts';

test('a line is a row: a number, or the probabilities of several classes', () => {
  expect([...readTransformOutput('8.29033374786377\n1e-05\n', { rows: 2, width: 1 })]).toEqual([
    8.29033374786377, 1e-5,
  ]);
  expect([...readTransformOutput('[0.25, 0.5, 0.25]\n[1.0, 0.0, 0.0]\n', { rows: 2, width: 3 })]).toEqual([
    0.25, 0.5, 0.25, 1, 0, 0,
  ]);
});

test.each([
  ['a row too few', '1\n', { rows: 2, width: 1 }],
  ['a class too many', '[0.5, 0.5]\n', { rows: 1, width: 1 }],
  ['an empty line', '1\n\n', { rows: 2, width: 1 }],
  ['an error message', 'Unable to evaluate\n', { rows: 1, width: 1 }],
])('%s is refused', (_, text, shape) => {
  expect(() => readTransformOutput(text, shape)).toThrow(expect.objectContaining({ code: 'sagemaker-refused' }));
});
