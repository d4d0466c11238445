import { refuse } from './problem.ts';
import { readHead } from './read-head.ts';

export const formats = ['csv', 'npy', 'parquet'] as const;
export type Format = (typeof formats)[number];

/** Beginnings of files that people upload in place of a table. */
const others = [
  {
    magic: 'PK\u0003\u0004',
    what: 'a ZIP archive, as Excel workbooks and .npz files are',
    cure: 'Save it as CSV, or each array with `numpy.save`.',
  },
  { magic: '\u001f\u008b', what: 'compressed with gzip', cure: 'Unpack it before the upload.' },
  { magic: '\u0028\u00b5\u002f\u00fd', what: 'compressed with zstd', cure: 'Unpack it before the upload.' },
  { magic: '\u00d0\u00cf\u0011\u00e0', what: 'an old Excel workbook', cure: 'Save it as CSV.' },
  { magic: '%PDF', what: 'a PDF document', cure: 'Export the table as CSV.' },
  { magic: 'PARE', what: 'an encrypted Parquet file', cure: 'Write it without encryption.' },
] as const;

/**
 * The format of a file by its first bytes; CSV if they are no other's.
 *
 * @throws RefusedData `unknown-format` for archives and the like, `wrong-format` if another one was declared
 */
export async function detectFormat(path: string, declared: Format | undefined): Promise<Format> {
  const head = (await readHead(path, 8)).toString('latin1');
  const other = others.find(({ magic }) => head.startsWith(magic));
  if (other !== undefined) refuse('unknown-format', `The file is ${other.what}.`, other.cure);
  const found = head.startsWith('\u0093NUMPY') ? 'npy' : head.startsWith('PAR1') ? 'parquet' : 'csv';
  if (declared !== undefined && declared !== found) {
    const what = found === 'csv' ? 'does not begin like one' : `is a ${found} file`;
    refuse(
      'wrong-format',
      `The file was announced as ${declared}, but it ${what}.`,
      'Announce the format it has, or none.',
    );
  }
  return found;
}
