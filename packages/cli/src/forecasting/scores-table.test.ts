import { expect, test } from '@jest/globals';
import { scoresTable } from './scores-table.ts';

test('the mixture comes first, then models by their error; what they lack is a dash', () => {
  const text = scoresTable(
    {
      naive: { MASE: 1.5, WAPE: 0.3 },
      ets: { MASE: 0.5, WAPE: 0.1, windows: 2 },
      ensemble: { MASE: 0.6, wQL: 0.05, WAPE: 0.12, 'coverage[0.8]': 0.79, windows: 1 },
    },
    (_style, plain) => plain,
  );

  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ +/)),
  ).toEqual([
    ['model', 'MASE', 'wQL', 'WAPE', 'coverage[0.8]', 'windows'],
    ['ensemble', '0.6', '0.05', '0.12', '0.79', '1'],
    ['ets', '0.5', '–', '0.1', '–', '2'],
    ['naive', '1.5', '–', '0.3', '–', '–'],
  ]);
});

test('without backtests there is the head alone', () => {
  expect(scoresTable({}, (_style, plain) => plain).trim()).toMatch(/^model +MASE +wQL +WAPE +windows$/);
});
