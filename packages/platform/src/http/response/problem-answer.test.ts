import { CommitOutcomeUnknown } from '@bellwether/database';
import { expect, test } from '@jest/globals';
import { problemAnswer, problemOf } from './problem-answer.ts';

const quiet = { error: () => undefined };
const lost = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

test.each([
  ['a commit of unknown outcome', new CommitOutcomeUnknown(lost), 503, 'commit-outcome-unknown'],
  ['a database that went away', lost, 503, 'database-unavailable'],
  ['anything else', new Error('a secret'), 500, 'internal-error'],
])('%s is answered by a code, and when to ask again', (_, error, status, code) => {
  const answer = problemAnswer(problemOf(error, 'r1', quiet), 'r1');

  expect(answer).toMatchObject({ status });
  expect(JSON.parse(answer.text as string)).toMatchObject({ code, cure: expect.any(String) });
  expect(answer.headers.includes('retry-after')).toBe(status === 503);
  expect(answer.text).not.toContain('secret');
});
