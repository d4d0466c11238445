import type { FileHandle } from 'node:fs/promises';
import type { NpyHeader } from './read-header.ts';

/** Some rows of an array in memory, whichever way it lies in the file. */
export interface Block {
  readonly firstRow: number;
  readonly rows: number;
  readonly view: DataView;
  /** bytes from one row, and from one column, to the next */
  readonly rowStride: number;
  readonly columnStride: number;
}

const blockBytes = 8 * 2 ** 20;

async function readFully(file: FileHandle, target: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < target.length) {
    const { bytesRead } = await file.read(target, done, target.length - done, position + done);
    if (bytesRead === 0) throw new Error('the file became shorter while it was read');
    done += bytesRead;
  }
}

/** Reads an array by blocks of rows of some 8 MiB; the buffer of a block is used again for the next. */
export async function* readBlocks(file: FileHandle, header: NpyHeader, rowsInChunk: number): AsyncGenerator<Block> {
  const { rows, columns, fortranOrder, offset, dtype } = header;
  const chunks = Math.max(1, Math.floor(blockBytes / (rowsInChunk * columns * dtype.bytes)));
  const rowsInBlock = Math.min(rows, chunks * rowsInChunk);
  const buffer = new Uint8Array(rowsInBlock * columns * dtype.bytes);
  for (let firstRow = 0; firstRow < rows; firstRow += rowsInBlock) {
    const count = Math.min(rowsInBlock, rows - firstRow);
    const bytes = count * dtype.bytes;
    if (fortranOrder) {
      for (let column = 0; column < columns; column += 1) {
        const part = buffer.subarray(column * bytes, (column + 1) * bytes);
        await readFully(file, part, offset + (column * rows + firstRow) * dtype.bytes);
      }
    } else {
      const part = buffer.subarray(0, bytes * columns);
      await readFully(file, part, offset + firstRow * columns * dtype.bytes);
    }
    const strides = fortranOrder
      ? { rowStride: dtype.bytes, columnStride: bytes }
      : { rowStride: columns * dtype.bytes, columnStride: dtype.bytes };
    yield { firstRow, rows: count, view: new DataView(buffer.buffer), ...strides };
  }
}
