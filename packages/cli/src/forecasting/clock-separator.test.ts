import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { clockSeparator } from './clock-separator.ts';

const separatorOf = async (content: string | Uint8Array) => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'table');
  await writeFile(path, content);
  return await clockSeparator(path, 'at');
};

test.each([
  ['y,at\n1,2024-01-01 15:00:00\n', ' '],
  ['\uFEFFat;y\r\n;1\r\n2024-01-01T15:00;2\r\n', 'T'],
  ['"at"\ty\n2024-01-01T15:00:00.250\t1\n', 'T'],
  ['at,y\n2024-01-01T15:00:00Z,1\n', undefined],
  ['at,y\n2024-01-01 15:00:00+02:00,1\n', undefined],
  ['at,y\n2024-01-01,1\n', undefined],
  ['y\n1\n', undefined],
  ['', undefined],
])('of %j it is %j', async (content, wanted) => {
  expect(await separatorOf(content)).toBe(wanted);
});

test('a file that is no text has none, and of a long one the first rows are read', async () => {
  expect(await separatorOf(Uint8Array.from({ length: 5000 }, (_, i) => i % 256))).toBeUndefined();
  expect(await separatorOf(`at,y\n${'2024-01-01 15:00,1\n'.repeat(10_000)}`)).toBe(' ');
});
