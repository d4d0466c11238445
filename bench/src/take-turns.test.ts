import { expect, test } from '@jest/globals';
import { takeTurns } from './take-turns.ts';

test('each round gives everybody one turn, never two at once', async () => {
  const turns: string[] = [];
  const results = await takeTurns(['a', 'b'], 2, async (name, round) => {
    turns.push(`${name}${round} begins`);
    await Promise.resolve();
    turns.push(`${name}${round} ends`);
    return `${name}${round}`;
  });
  const order = ['a0', 'b0', 'a1', 'b1'];
  expect(turns).toEqual(order.flatMap((turn) => [`${turn} begins`, `${turn} ends`]));
  expect([...results]).toEqual([
    ['a', ['a0', 'a1']],
    ['b', ['b0', 'b1']],
  ]);
});
