import type { DuckDBAppender, DuckDBDataChunk } from '@duckdb/node-api';
import type { DType } from './dtype.ts';
import type { Block } from './read-blocks.ts';

/** Rows of one chunk of DuckDB's. */
export const rowsInChunk = 2_048;

/** Appends a block by chunks. `chunk` is used again and again: new ones are freed only when the event loop is idle. */
export function appendBlock(
  appender: DuckDBAppender,
  chunk: DuckDBDataChunk,
  block: Block,
  columns: number,
  decode: DType['decode'],
): void {
  for (let start = 0; start < block.rows; start += rowsInChunk) {
    const rows = Math.min(rowsInChunk, block.rows - start);
    chunk.reset();
    chunk.rowCount = rows;
    for (let column = 0; column < columns; column += 1) {
      const vector = chunk.getColumnVector(column);
      let offset = start * block.rowStride + column * block.columnStride;
      for (let row = 0; row < rows; row += 1, offset += block.rowStride) {
        vector.setItem(row, decode(block.view, offset));
      }
      vector.flush();
    }
    appender.appendDataChunk(chunk);
  }
  appender.flushSync();
}
