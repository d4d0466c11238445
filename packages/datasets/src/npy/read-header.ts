import type { FileHandle } from 'node:fs/promises';
import { refuse } from '../problem.ts';
import { type DType, dtypeOf } from './dtype.ts';

export interface NpyHeader {
  readonly dtype: DType;
  readonly fortranOrder: boolean;
  readonly rows: number;
  readonly columns: number;
  /** where the values begin */
  readonly offset: number;
}

const again = 'Save the array again with `numpy.save`, and upload the whole file.';
/** numpy writes some 120 bytes for a plain array, and itself distrusts more than 10,000. */
const longestHeader = 65_536;

async function readBytes(file: FileHandle, length: number, position: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** The dictionary of the header and where it ends. Format: numpy.lib.format, versions 1.0 to 3.0. */
async function readDictionary(file: FileHandle): Promise<{ text: string; offset: number }> {
  const start = await readBytes(file, 12, 0);
  if (start.length < 10) refuse('truncated-file', 'The file ends within the header of the array.', again);
  if (start.toString('latin1', 0, 6) !== '\u0093NUMPY') refuse('not-npy', 'The file is not a .npy array.', again);
  const major = start[6] ?? 0;
  if (major < 1 || major > 3 || start[7] !== 0) {
    refuse(
      'unsupported-version',
      `The file is of .npy version ${major}.${start[7]}; 1.0, 2.0 and 3.0 are known.`,
      again,
    );
  }
  const prefix = major === 1 ? 10 : 12;
  const length = major === 1 || start.length < 12 ? start.readUInt16LE(8) : start.readUInt32LE(8);
  if (length > longestHeader) refuse('bad-header', `The array announces a header of ${length} bytes.`, again);
  const bytes = await readBytes(file, length, prefix);
  if (bytes.length < length) refuse('truncated-file', 'The file ends within the header of the array.', again);
  return { text: bytes.toString(major === 3 ? 'utf8' : 'latin1'), offset: prefix + length };
}

function shapeOf(text: string): { rows: number; columns: number } {
  const dimensions = text.split(',').filter((part) => part.trim() !== '');
  if (dimensions.length === 0 || dimensions.length > 2) {
    const cure = 'Reshape it to rows and columns, for example `array.reshape(len(array), -1)`.';
    refuse('bad-shape', `The array has ${dimensions.length} dimensions; a table has one or two.`, cure);
  }
  const [rows = 0, columns = 1] = dimensions.map((part) => Number(part.trim().replace(/L$/, '')));
  return { rows, columns };
}

/**
 * Reads the header of a `.npy` file and holds what it says against the file's size before any memory is taken.
 *
 * @throws RefusedData with what is wrong
 */
export async function readHeader(file: FileHandle): Promise<NpyHeader> {
  const { text, offset } = await readDictionary(file);
  const shape = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const descr = /'descr'\s*:\s*(?:'([^']*)'|\[)/.exec(text);
  if (shape === undefined || order === undefined || descr === null) {
    return refuse('bad-header', 'The header of the array cannot be understood.', again);
  }
  const dtype = dtypeOf(descr[1]);
  const { rows, columns } = shapeOf(shape);
  const { size } = await file.stat();
  const expected = rows * columns * dtype.bytes;
  if (!Number.isSafeInteger(expected)) refuse('bad-shape', `No array has the shape (${shape}).`, again);
  const actual = size - offset;
  const bytes = `The shape (${shape}) takes ${expected} bytes, and the file has ${actual}`;
  if (actual < expected) refuse('truncated-file', `${bytes}: it was cut.`, again);
  if (actual > expected) refuse('extra-bytes', `${bytes}: there is something after the array.`, again);
  return { dtype, fortranOrder: order === 'True', rows, columns, offset };
}
