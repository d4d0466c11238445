import { expect, test } from '@jest/globals';
import { refuse } from '../problem.ts';
import { problemOfExit, problemsOf } from './refusal.ts';

const thrown = (action: () => never): unknown => {
  try {
    return action();
  } catch (error) {
    return error;
  }
};

test.each([
  [
    'a full heap',
    null,
    'SIGABRT',
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    'too-much-memory',
  ],
  [
    'an allocation that failed',
    null,
    'SIGABRT',
    "terminate called after throwing an instance of 'std::bad_alloc'",
    'too-much-memory',
  ],
  ['the kernel, short of memory', null, 'SIGKILL', '', 'too-much-memory'],
  ['a broken pointer', null, 'SIGSEGV', '', 'parser-crashed'],
  ['an exit of its own', 1, null, '', 'parser-crashed'],
])('a child ended by %s', (_, code, signal, stderr, expected) => {
  expect(problemOfExit(code, signal, stderr).code).toBe(expected);
});

test('errors become problems without their own words, which may hold paths', () => {
  expect(problemsOf(thrown(() => refuse('some-code', 'What.', 'How.')))).toMatchObject([{ code: 'some-code' }]);
  expect(problemsOf(new Error('Out of Memory Error: failed to pin block'))).toMatchObject([
    { code: 'too-much-memory' },
  ]);
  expect(JSON.stringify(problemsOf(new Error('IO Error: cannot open /secret/path')))).not.toContain('secret');
});
