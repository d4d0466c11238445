import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataProblem } from '@bellwether/contracts';
import { copyToParquet, parquet } from '../duckdb/parquet-file.ts';
import { quoteList, quoteLiteral } from '../duckdb/quote.ts';
import { nameColumns, numberedNames } from '../name-columns.ts';
import { fault, RefusedData, refuse, warning } from '../problem.ts';
import { type PlainReading, type RawColumn, type RawTable, rawName } from '../raw-table.ts';
import { readHead } from '../read-head.ts';
import type { Staging } from '../staging.ts';
import { detectEncoding } from './encoding.ts';
import { missingSpellings } from './missing.ts';
import { type CsvShape, readShape } from './read-shape.ts';
import { type CsvLayout, findLines, scanFile } from './scan-file.ts';
import { Shape } from './value-shapes.ts';

/** The file itself, or its copy in UTF-8. */
async function asUtf8(source: string, folder: string): Promise<string> {
  const encoding = detectEncoding(await readHead(source, 1_024));
  if (encoding === 'utf-8') return source;
  const { transcodeToUtf8 } = await import('./transcode.ts');
  const output = join(folder, 'utf8.csv');
  await transcodeToUtf8(source, output, encoding);
  return output;
}

/**
 * The text of many columns is copied to Parquet, from where a few columns at a time can be had; that of a few is read
 * from the file each time, which takes half as long as to copy it once.
 */
const widestInPlace = 20;

/** From here on the scan takes as long as a look at the first rows. */
const longFile = 2 ** 22;

type ReadLayout = Pick<CsvLayout, 'leadingBlankLines' | 'longestRecord' | 'mixedLineEnds'>;

/** What nearly all files have. */
const usualLayout: ReadLayout = { leadingBlankLines: 0, longestRecord: 0, mixedLineEnds: false };

/** Every value as text: what a column is, is decided on all of its values, not on a sample. */
const asText: PlainReading = { types: [], spelledGaps: true };

/** What a type is read as: DuckDB would round 1.5 to the next whole number. */
const readAs = { BIGINT: 'DOUBLE', DOUBLE: 'DOUBLE', TIMESTAMP: 'TIMESTAMP' } as const;

function readCsv(path: string, shape: CsvShape, layout: ReadLayout, { types, spelledGaps } = asText): string {
  const columns = shape.first.map((_, index) => {
    const type = types[index];
    return `${quoteLiteral(rawName(index))}: '${type === undefined ? 'VARCHAR' : readAs[type]}'`;
  });
  const least = columns.length > widestInPlace ? 2 ** 21 : 2 ** 16;
  const longest = Math.max(least, layout.longestRecord + 2);
  return `read_csv(${[
    quoteLiteral(path),
    'auto_detect = false',
    'header = false',
    `skip = ${layout.leadingBlankLines + (shape.header ? 1 : 0)}`,
    `delim = ${quoteLiteral(shape.delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    `columns = {${columns.join(', ')}}`,
    // to compare each value with all spellings takes a third of the time
    `nullstr = ${quoteList(spelledGaps ? missingSpellings : [''])}`,
    `max_line_size = ${longest}`,
    // each thread holds some buffers; with small ones, of many columns, a multitude of small batches besides
    `buffer_size = ${16 * longest}`,
    // without strict mode a malformed row can swallow others; with it, mixed line ends are refused
    `strict_mode = ${!layout.mixedLineEnds}`,
    'null_padding = false',
  ].join(', ')})`;
}

/** What would make a value of a type out of text that readings take for something else. */
const misread = {
  BIGINT: ({ underscores }: CsvLayout, shape: number) => underscores || (shape & Shape.zeroLed) !== 0,
  DOUBLE: ({ underscores }: CsvLayout) => underscores,
  TIMESTAMP: (_: CsvLayout, shape: number) => (shape & Shape.unlikeTime) !== 0,
} as const;

const isPlain = (layout: CsvLayout, { types }: PlainReading): boolean =>
  types.some((type) => type !== undefined) &&
  types.every((type, index) => type === undefined || !misread[type](layout, layout.shapes[index] ?? 0));

/** A line that DuckDB cannot read although the scan took it for one. */
function unreadableRow(error: unknown): RefusedData | undefined {
  const message = error instanceof Error ? error.message : String(error);
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  if (line === undefined) return undefined;
  const row = Number(line);
  return new RefusedData([
    fault('unreadable-row', `Line ${line} cannot be read.`, 'Check its delimiters and quotes.', { row }),
  ]);
}

function shapeWarnings(shape: CsvShape, layout: CsvLayout): DataProblem[] {
  const problems: DataProblem[] = [];
  if (!shape.header) {
    const message = 'The first line holds values like the others, so the columns are called column_1, column_2, ….';
    problems.push(warning('no-header', message, 'Add a first line with the names of the columns.', { row: 1 }));
  }
  if (layout.blankLines > 0) {
    const message = `${layout.blankLines} blank lines were passed over.`;
    problems.push(warning('blank-lines', message, 'Remove them if rows are missing.'));
  }
  return problems;
}

/**
 * Reads a CSV file as the relation `raw`, all columns as text and missing values as NULL.
 *
 * @throws RefusedData with what is wrong and on which line
 */
export async function stageCsv(staging: Staging): Promise<RawTable> {
  const { folder, limits } = staging;
  const path = await asUtf8(staging.source, folder);
  const shape = await readShape(path);
  const width = shape.first.length;
  if (width === 0) await refuseEmpty(path);
  const session = await staging.open(width);
  const named = shape.header ? nameColumns(shape.first) : { names: numberedNames(width), problems: [] };
  if (named.problems.some(({ severity }) => severity === 'error')) throw new RefusedData(named.problems);
  staging.checkNames(named.names);

  const columns: RawColumn[] = named.names.map((name, index) => ({ name, sql: rawName(index), type: 'untyped' }));
  const decimalComma = shape.delimiter !== ',';
  if (width <= widestInPlace && (await stat(path)).size > longFile) {
    staging.lookAhead({ query: `SELECT * FROM ${readCsv(path, shape, usualLayout)}`, columns, decimalComma });
  }
  const layout = await scanFile(path, shape, named.names, limits.rows);
  const rows = layout.records - (shape.header ? 1 : 0);
  if (rows === 0) refuse('no-rows', 'The file has a header and no rows.', 'Upload a file with data below the header.');
  const query = `SELECT * FROM ${readCsv(path, shape, layout)}`;
  const keep = async () => {
    const staged = join(folder, 'staged.parquet');
    await session.connection.run(copyToParquet(query, staged, width));
    return `SELECT * FROM ${parquet(staged)}`;
  };
  const plain = (reading: PlainReading) =>
    isPlain(layout, reading) ? `SELECT * FROM ${readCsv(path, shape, layout, reading)}` : undefined;
  const offset = shape.header ? 1 : 0;
  return {
    ...(width > widestInPlace ? { query: await explained(keep) } : { query, keep, plain }),
    explain: unreadableRow,
    columns,
    rows,
    problems: [...named.problems, ...shapeWarnings(shape, layout)],
    decimalComma,
    async places(wanted) {
      const lines = await findLines(path, shape, new Set(wanted.map((row) => row + offset)));
      return new Map(wanted.map((row) => [row, lines.get(row + offset) ?? row + offset + 1]));
    },
  };
}

async function explained<R>(read: () => Promise<R>): Promise<R> {
  try {
    return await read();
  } catch (error) {
    throw unreadableRow(error) ?? error;
  }
}

async function refuseEmpty(path: string): Promise<never> {
  const { size } = await stat(path);
  if (size < 2 ** 16) refuse('empty-file', 'The file is empty.', 'Upload a file with a header and rows.');
  return refuse('row-too-long', 'The first row is too long to be one.', 'Check the line ends and quotes of the file.');
}
