import type { Column, Frame } from '@bellwether/contracts';
import { openSession } from '../duckdb/session.ts';
import { readBlocks } from './read-blocks.ts';

const memoryBytes = 256 * 2 ** 20;

/**
 * Shows columns of a stored table block by block, in its order and in memory that is bounded whatever its length. What
 * `visit` computes blocks the thread, so it belongs into a process or thread of its own.
 *
 * @throws what `visit` throws; DuckDB's error if a column is not there
 */
export async function eachBlock(
  source: string,
  columns: readonly Column[],
  visit: (block: Frame) => void,
): Promise<{ rows: number }> {
  const reader = await openSession({ paths: [source], memoryBytes, threads: 1 });
  let rows = 0;
  try {
    for await (const block of readBlocks(reader, source, columns)) {
      visit(block);
      rows += block.rows;
    }
  } finally {
    reader.close();
  }
  return { rows };
}
