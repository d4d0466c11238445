import { expect, test } from '@jest/globals';
import { parseCommandLine } from './command-line.ts';

test('only the settings that were given stand against the defaults', () => {
  expect(parseCommandLine(['serving', '--rounds', '3'])).toEqual({
    name: 'serving',
    help: false,
    settings: { rounds: 3 },
  });
  expect(parseCommandLine([])).toEqual({ name: undefined, help: false, settings: {} });
});

test.each([
  ['more load than a shared machine should bear', ['serving', '--seconds', '11']],
  ['no round', ['serving', '--rounds', '0']],
  ['half a round', ['serving', '--rounds', '1.5']],
  ['no number', ['serving', '--connections', 'many']],
  ['an unknown option', ['serving', '--speed', '9']],
  ['two benchmarks', ['serving', 'training']],
])('%s is refused', (_what, args) => {
  expect(() => parseCommandLine(args)).toThrow(expect.objectContaining({ code: 'bad-option' }));
});
