import { open } from 'node:fs/promises';
import { refuse } from '../problem.ts';

const largestFooter = 2 ** 26;
const again = 'Write it again, and upload it whole.';

/**
 * Looks at both ends of a Parquet file before anything parses it.
 *
 * @throws RefusedData `truncated-file`, `encrypted-file`, `corrupt-file`
 */
export async function checkContainer(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size < 12) refuse('truncated-file', 'The Parquet file ends before its data.', again);
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, size - 8);
    const magic = buffer.toString('latin1', 4);
    if (magic === 'PARE') refuse('encrypted-file', 'The Parquet file is encrypted.', 'Write it without encryption.');
    if (magic !== 'PAR1') refuse('truncated-file', 'The Parquet file ends before its footer.', again);
    const footer = buffer.readUInt32LE(0);
    if (footer > size - 12 || footer > largestFooter) {
      refuse('corrupt-file', `The Parquet file announces a footer of ${footer} bytes.`, again);
    }
  } finally {
    await file.close();
  }
}
