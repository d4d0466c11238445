import type { Column, Frame, FrameColumn } from '@bellwether/contracts';
import { queryRow } from '../duckdb/measure-columns.ts';
import { parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import { openSession, type Session } from '../duckdb/session.ts';

export interface FrameRequest {
  /** what is read, and as what: kinds of the dataset's schema */
  readonly columns: readonly Column[];
  readonly signal?: AbortSignal | undefined;
}

const isCategory = ({ kind }: Column): boolean => kind === 'categorical' || kind === 'text' || kind === 'id-like';
const memoryBytes = 512 * 2 ** 20;

/** The distinct values of a column in byte order, as the SQL type `levels_N`. */
async function createLevels(session: Session, path: string, column: Column, index: number): Promise<string[]> {
  const value = `CAST(${quoteIdentifier(column.name)} AS VARCHAR)`;
  const query = `SELECT DISTINCT ${value} AS level FROM ${parquet(path)} WHERE ${value} IS NOT NULL ORDER BY level`;
  const result = await session.connection.run(query);
  const levels: string[] = [];
  for await (const chunk of result) levels.push(...(chunk.getColumnValues(0) as string[]));
  if (levels.length > 0) await session.connection.run(`CREATE TYPE levels_${index} AS ENUM (${query})`);
  return levels;
}

function valueSql(column: Column, index: number, levels: readonly string[] | undefined): string {
  const name = quoteIdentifier(column.name);
  if (levels !== undefined) {
    const code = `enum_code(CAST(CAST(${name} AS VARCHAR) AS levels_${index}))`;
    return levels.length === 0 ? '-1::DOUBLE' : `coalesce(CAST(${code} AS DOUBLE), -1)`;
  }
  const number = column.kind === 'timestamp' ? `epoch_ms(${name})` : name;
  return `coalesce(TRY_CAST(${number} AS DOUBLE), 'NaN'::DOUBLE)`;
}

/**
 * Reads columns of a stored table into typed arrays, rows in the file's order. Numbers, truth values (0 and 1) and
 * times (milliseconds since the epoch) come as numbers with NaN for missing; strings as codes into their levels, in
 * byte order, with -1 for missing. May be called in a worker: DuckDB runs in the same process and is closed at the end.
 *
 * @throws the signal's reason when aborted; DuckDB's error if a column or the file is not there
 */
export async function readFrame(path: string, { columns, signal }: FrameRequest): Promise<Frame> {
  signal?.throwIfAborted();
  const session = await openSession({ paths: [path], memoryBytes, threads: 2 });
  const interrupt = () => session.connection.interrupt();
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    const [rows] = (await queryRow(session.connection, `SELECT count(*) FROM ${parquet(path)}`)).map(Number);
    return await readColumns(session, path, columns, rows ?? 0, signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    session.close();
  }
}

async function readColumns(
  session: Session,
  path: string,
  columns: readonly Column[],
  rows: number,
  signal: AbortSignal | undefined,
): Promise<Frame> {
  const frame: FrameColumn[] = [];
  const values: string[] = [];
  for (const [index, column] of columns.entries()) {
    const levels = isCategory(column) ? await createLevels(session, path, column, index) : undefined;
    signal?.throwIfAborted();
    values.push(valueSql(column, index, levels));
    frame.push(
      levels === undefined
        ? { name: column.name, type: 'numeric', values: new Float64Array(rows) }
        : { name: column.name, type: 'categorical', codes: new Int32Array(rows), levels },
    );
  }
  if (columns.length > 0) await fillArrays(session, `SELECT ${values.join(', ')} FROM ${parquet(path)}`, frame, signal);
  return { rows, columns: frame };
}

/** By vectors of DuckDB's chunks: rows as objects take 20 times as long and gigabytes. */
async function fillArrays(
  session: Session,
  query: string,
  frame: readonly FrameColumn[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const arrays = frame.map((column) => (column.type === 'numeric' ? column.values : column.codes));
  const result = await session.connection.stream(query);
  let offset = 0;
  for await (const chunk of result) {
    signal?.throwIfAborted();
    const { rowCount } = chunk;
    for (const [index, array] of arrays.entries()) {
      const vector = chunk.getColumnVector(index);
      for (let row = 0; row < rowCount; row += 1) array[offset + row] = vector.getItem(row) as number;
    }
    offset += rowCount;
  }
}
