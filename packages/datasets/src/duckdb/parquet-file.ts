import { quoteLiteral } from './quote.ts';

/** What reads a Parquet file in SQL. */
export const parquet = (path: string): string => `read_parquet(${quoteLiteral(path)})`;

/** The same with a column `file_row_number` from 0, without the single thread that `row_number()` would take. */
export const numberedParquet = (path: string): string => `read_parquet(${quoteLiteral(path)}, file_row_number = true)`;

/**
 * Values held back before a row group is written; at 122,880 rows of 2,000 columns it would be gigabytes. Each thread
 * holds some groups: of 20 columns they took 60 MB with 105,000 rows, and 20 MB with
 * 26,000; of 4 columns 36 MB with 123,000, and 20 MB with 65,000.
 */
const cellsInGroup = 2 ** 18;
/** More are held back up to here, since each group has a dictionary of its own for each column. */
const fewRowsInGroup = 24_576;
const mostCellsInGroup = 2 ** 21;
/** A dictionary takes up to its page's size for each column, 1 MB if nothing is said, even for a table of 50 rows. */
const dictionaryBytes = 2 ** 27;
const widestForDictionaries = 400;

const between = (least: number, value: number, most: number): number =>
  Math.floor(Math.min(most, Math.max(least, value)));

const rowsInGroup = (columns: number): number =>
  between(Math.max(2_048, Math.min(fewRowsInGroup, mostCellsInGroup / columns)), cellsInGroup / columns, 122_880);

/** SQL that writes a query's rows, in order, as one Parquet file, in memory that is bounded whatever the width. */
export function copyToParquet(query: string, path: string, columns: number): string {
  const options = [
    'FORMAT parquet',
    // the usual level 3 takes half as long again, for one part in thirty of what is written
    'COMPRESSION zstd',
    'COMPRESSION_LEVEL 1',
    `ROW_GROUP_SIZE ${rowsInGroup(columns)}`,
    columns > widestForDictionaries
      ? 'DICTIONARY_SIZE_LIMIT 1, STRING_DICTIONARY_PAGE_SIZE_LIMIT 1'
      : `STRING_DICTIONARY_PAGE_SIZE_LIMIT ${between(2 ** 16, dictionaryBytes / columns, 2 ** 20)}`,
    // otherwise it is written beside the output first, where nothing may be written
    'USE_TMP_FILE false',
  ];
  return `COPY (${query}) TO ${quoteLiteral(path)} (${options.join(', ')})`;
}
