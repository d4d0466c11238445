import { expect, test } from '@jest/globals';
import { capturedTerminal } from '../testing/captured-terminal.ts';
import { createProgress } from './progress.ts';

/** What a terminal shows after all that was written: a return and an erasure empty the line. */
function shownLines(written: string): string[] {
  return written.split('\n').map((line) => line.split('\r\u001b[K').at(-1) ?? '');
}

test('on a terminal one line is written over, and lines that stay go above it', () => {
  const { err, env, written } = capturedTerminal({ isTTY: true });
  const progress = createProgress(err, env);
  progress.show('training', 0);
  progress.line('baseline done');
  progress.show('training', 0.5);
  expect(shownLines(written.err)).toEqual(['baseline done', `${'█'.repeat(12)}${'░'.repeat(12)}  50 % training`]);
  progress.clear();
  expect(shownLines(written.err)).toEqual(['baseline done', '']);
});

test('a line is cut before it would wrap', () => {
  const { err, env, written } = capturedTerminal({ isTTY: true, columns: 20 });
  createProgress(err, env).show('reading a file with a long name');
  expect(shownLines(written.err)[0]?.length).toBe(19);
});

test.each([
  ['no terminal', { isTTY: false }],
  ['NO_COLOR', { isTTY: true, env: { NO_COLOR: '1' } }],
  ['a terminal that can do nothing', { isTTY: true, env: { TERM: 'dumb' } }],
])('with %s there are plain lines only', (_what, options) => {
  const { err, env, written } = capturedTerminal(options);
  const progress = createProgress(err, env);
  progress.show('training', 0.5);
  progress.line('baseline done');
  progress.clear();
  expect(written.err).toBe('baseline done\n');
});

test('output for programs has no progress', () => {
  const { err, env, written } = capturedTerminal({ isTTY: true });
  const progress = createProgress(err, env, true);
  progress.show('training', 0.5);
  progress.line('baseline done');
  expect(written.err).toBe('');
});
