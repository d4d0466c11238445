import { quoteLiteral } from './quote.ts';

/** What reads a Parquet file in SQL. */
export const parquet = (path: string): string => `read_parquet(${quoteLiteral(path)})`;

/** Values held back before a row group is written; at 122,880 rows of 2,000 columns it would be gigabytes. */
const cellsInGroup = 2 ** 21;

/** Writes a query's rows, in order, as one Parquet file. */
export function copyToParquet(query: string, path: string, columns: number): string {
  const rows = Math.min(122_880, Math.max(2_048, Math.floor(cellsInGroup / Math.max(1, columns))));
  // USE_TMP_FILE would write beside the output first, where nothing may be written
  const options = `FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rows}, USE_TMP_FILE false`;
  return `COPY (${query}) TO ${quoteLiteral(path)} (${options})`;
}
