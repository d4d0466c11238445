import { copyToParquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier, quoteList, quoteLiteral } from '../duckdb/quote.ts';
import { openSession } from '../duckdb/session.ts';

export interface CsvColumn {
  readonly name: string;
  readonly type: 'VARCHAR' | 'DOUBLE' | 'BIGINT' | 'TIMESTAMP' | 'DATE';
}

export interface CsvMerge {
  /** paths of CSV files without a header, written by us; missing values are empty */
  readonly parts: readonly string[];
  readonly columns: readonly CsvColumn[];
  /** path of the Parquet file to write */
  readonly output: string;
  /** for what does not fit into memory */
  readonly folder: string;
}

/** Puts parts of a table behind one another as one Parquet file, in their order and in bounded memory. */
export async function mergeCsv({ parts, columns, output, folder }: CsvMerge): Promise<void> {
  const session = await openSession({ paths: [...parts, output], folder, memoryBytes: 256 * 2 ** 20, threads: 1 });
  const types = columns.map(({ name, type }) => `${quoteLiteral(name)}: ${quoteLiteral(type)}`).join(', ');
  const options = `header = false, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, auto_detect = false, columns = {${types}}`;
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  try {
    const query = `SELECT ${names} FROM read_csv(${quoteList(parts)}, ${options})`;
    await session.connection.run(copyToParquet(query, output, columns.length));
  } finally {
    session.close();
  }
}

/** A line of such a file. Texts are quoted always, so that an empty one is none that is missing. */
export function csvLine(values: readonly (string | number | null)[]): string {
  return `${values.map(csvCell).join(',')}\n`;
}

function csvCell(value: string | number | null): string {
  if (typeof value === 'string') return `"${value.replaceAll('"', '""')}"`;
  return value === null || !Number.isFinite(value) ? '' : String(value);
}
