import { addAttempt, getJob, getTrial, insertJob, insertTrials, takeAttempts } from '@bellwether/database';
import { jobRow, trialRow } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { onEachDialect } from './on-each-dialect.ts';

const texts: [string, string][] = [
  ['letters of many scripts', 'größe, naïve, Ελλάδα, 日本語, العربية, हिन्दी'],
  ['emoji and other letters beyond 16 bits', '📏👩‍🔬𝔘'],
  ['letters composed in two ways', 'é e\u0301'],
  ['quotes and backslashes', `it's "so" \`so\` \\ \\n \\' %_`],
  ['line ends, tabs and NUL', 'a\r\nb\tc\0d\x1a'],
  ['spaces at both ends', '  a  '],
  ['nothing', ''],
  ['question marks and names of parameters', '? ?? :a @b $1'],
  ['a megabyte', 'ä'.repeat(500_000)],
];

const numbers = [0, -1, 0.1 + 0.2, 1 / 3, Math.PI * 1e-300, 1.7976931348623157e308, 5e-324, -2.5e-7, 1e21];
const integers = [0, 1, -1, 2 ** 31, 2 ** 32, 1_795_000_000_000, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];

onEachDialect((on) => {
  const { act } = on;

  test.each(texts)('text keeps %s', async (_, text) => {
    await act((tx) => insertJob(tx, jobRow({ request: text, error_detail: text })));

    expect(await getJob(on.read, 'job_1')).toMatchObject({ request: text, error_detail: text });
  });

  test('JSON comes back as the text that it was', async () => {
    const json = '{"b": 1,  "a": [1.0, 1e2, "\\u00e9", null], "b2": {}}';
    await act((tx) => insertJob(tx, jobRow({ request: json })));

    expect((await getJob(on.read, 'job_1'))?.request).toBe(json);
  });

  test.each(numbers)('a real number keeps every bit of %d', async (score) => {
    await act((tx) => insertTrials(tx, [trialRow({ score })]));

    expect((await getTrial(on.read, 'trial_1'))?.score).toBe(score);
  });

  test.each(integers)('an integer is %d again', async (seed) => {
    await act((tx) => insertTrials(tx, [trialRow({ seed })]));

    expect((await getTrial(on.read, 'trial_1'))?.seed).toBe(seed);
  });

  test('ids that differ in case or in accents alone are different', async () => {
    for (const id of ['a', 'A', 'ä', 'a\u0308', 'ß', 'ss']) {
      await act((tx) => insertJob(tx, jobRow({ id, request: id })));
    }

    expect((await getJob(on.read, 'A'))?.request).toBe('A');
    expect((await getJob(on.read, 'ä'))?.request).toBe('ä');
    expect(await getJob(on.read, 'Ä')).toBe(undefined);
  });

  test('a reason that is too long is cut, and others are kept with their spaces', async () => {
    await act(async (tx) => {
      await addAttempt(tx, 'm1', 'training', 'x'.repeat(5000), 1);
      await addAttempt(tx, 'm1', 'training', ' no ', 2);
    });

    expect(await act((tx) => takeAttempts(tx, 'm1', 'training'))).toEqual(['x'.repeat(4000), ' no ']);
  });

  test('a value that does not fit its column is refused, not cut', async () => {
    if (on.database.dialect === 'sqlite') {
      // SQLite's columns have no length.
      await act((tx) => insertJob(tx, jobRow({ id: 'x'.repeat(65) })));
      expect(await getJob(on.read, 'x'.repeat(65))).toBeDefined();
    } else {
      await expect(act((tx) => insertJob(tx, jobRow({ id: 'x'.repeat(65) })))).rejects.toMatchObject({ errno: 1406 });
    }
  });

  test('a write outside of a transaction is refused', async () => {
    await expect(on.read.deleteFrom('jobs').execute()).rejects.toThrow();
  });
});
