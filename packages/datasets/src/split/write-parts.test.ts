import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { filesIn, inspectHere, temporaryFolder } from '../../test/inspect-here.ts';
import { readRows } from '../read/read-rows.ts';
import { writeParts } from './write-parts.ts';

test('each part has its rows, all columns, in the order of the table; a row that none names is in none', async () => {
  const rows = Array.from({ length: 5000 }, (_, i) => `${i},${i % 3 === 0 ? 'a' : 'b'}\n`).join('');
  const { output } = await inspectHere(`n,c\n${rows}`);
  const folder = await temporaryFolder();
  const paths = [join(folder, 'out', 'even.parquet'), join(folder, 'out', 'odd.parquet')];
  const numbers = Int32Array.from({ length: 4998 }, (_, i) => i);

  await writeParts(
    output,
    paths.map((path, parity) => ({ path, rows: numbers.filter((row) => row % 2 === parity) })),
    folder,
  );

  for (const [parity, path] of paths.entries()) {
    const written = await readRows(path, { offset: 0, limit: 1000 });
    expect(written.slice(0, 3)).toEqual(
      [0, 2, 4].map((row) => ({ n: row + parity, c: (row + parity) % 3 === 0 ? 'a' : 'b' })),
    );
    expect(written.every(({ n }, index) => Number(n) === 2 * index + parity)).toBe(true);
  }
  expect(await filesIn(join(folder, 'out'))).toEqual(['even.parquet', 'odd.parquet']);
});
