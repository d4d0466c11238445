import type { Column, Frame, FrameColumn } from '@bellwether/contracts';
import type { DuckDBDataChunk } from '@duckdb/node-api';
import { parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import type { Session } from '../duckdb/session.ts';

const isCategory = ({ kind }: Column): boolean => kind === 'categorical' || kind === 'text' || kind === 'id-like';

function valueSql(column: Column): string {
  const name = quoteIdentifier(column.name);
  if (isCategory(column)) return `CAST(${name} AS VARCHAR)`;
  return `coalesce(TRY_CAST(${column.kind === 'timestamp' ? `epoch_ms(${name})` : name} AS DOUBLE), 'NaN'::DOUBLE)`;
}

/** Rows of a block: fewer where they are wide, so that a block of any table takes some tens of megabytes at most. */
export const rowsOfBlock = (columns: number): number =>
  Math.floor(Math.min(65_536, Math.max(2_048, 2 ** 21 / Math.max(1, columns))));

/** Takes the values of one column, chunk by chunk, and becomes a column of a frame. */
interface Collector {
  readonly add: (chunk: DuckDBDataChunk, index: number, offset: number) => void;
  readonly column: (rows: number) => FrameColumn;
}

function collectNumbers(name: string, capacity: number): Collector {
  const values = new Float64Array(capacity);
  return {
    add(chunk, index, offset) {
      const vector = chunk.getColumnVector(index);
      for (let row = 0; row < chunk.rowCount; row += 1) values[offset + row] = vector.getItem(row) as number;
    },
    column: (rows) => ({ name, type: 'numeric', values: values.subarray(0, rows) }),
  };
}

/** Levels in the order in which they come: those of another block have other codes. */
function collectLevels(name: string, capacity: number): Collector {
  const codes = new Int32Array(capacity);
  const known = new Map<string, number>();
  const codeOf = (value: string | null): number => {
    if (value === null) return -1;
    const code = known.get(value) ?? known.size;
    known.set(value, code);
    return code;
  };
  return {
    add(chunk, index, offset) {
      const vector = chunk.getColumnVector(index);
      for (let row = 0; row < chunk.rowCount; row += 1)
        codes[offset + row] = codeOf(vector.getItem(row) as string | null);
    },
    column: (rows) => ({ name, type: 'categorical', codes: codes.subarray(0, rows), levels: [...known.keys()] }),
  };
}

/**
 * Reads columns of a stored table block by block, rows in the file's order, in memory that is bounded whatever its
 * length. Values are as `readFrame` gives them, but for the levels of strings, which each block has its own of.
 */
export async function* readBlocks(session: Session, path: string, columns: readonly Column[]): AsyncGenerator<Frame> {
  const capacity = rowsOfBlock(columns.length);
  const begin = () =>
    columns.map((column) => (isCategory(column) ? collectLevels : collectNumbers)(column.name, capacity));
  let collectors = begin();
  let rows = 0;
  const take = (): Frame => {
    const frame = { rows, columns: collectors.map((collector) => collector.column(rows)) };
    collectors = begin();
    rows = 0;
    return frame;
  };
  // without columns a constant: rows are counted all the same
  const values = columns.length === 0 ? '0' : columns.map(valueSql).join(', ');
  for await (const chunk of await session.connection.stream(`SELECT ${values} FROM ${parquet(path)}`)) {
    if (rows + chunk.rowCount > capacity) yield take();
    for (const [index, collector] of collectors.entries()) collector.add(chunk, index, rows);
    rows += chunk.rowCount;
  }
  if (rows > 0) yield take();
}
