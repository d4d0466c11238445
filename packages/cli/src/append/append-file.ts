import type { Column, Dataset } from '@bellwether/contracts';
import { awaitDataset } from '../client/await-dataset.ts';
import type { Client } from '../client/client.ts';
import { ServerRefusal } from '../client/server-refusal.ts';
import { type CsvRecord, readRecords } from '../csv/read-records.ts';
import { CommandFailure } from '../failure.ts';
import { type Batch, batches } from '../prediction/batches.ts';
import { checkReady } from '../training/dataset-steps.ts';
import { type CellStyle, valueForColumn } from './value-of-cell.ts';

export interface FileToAppend {
  /** for messages */
  readonly file: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** of the dataset */
  readonly name: string;
  readonly dayFirst: boolean | undefined;
}

export interface Appended {
  /** rows so far */
  readonly rows: number;
  /** the newest dataset of the name */
  readonly dataset: Dataset;
}

/** Below what a request may hold, and large: each one makes the whole table anew. */
const largest = { items: 50_000, characters: 4_000_000 };

/**
 * Appends the rows of a CSV file to the newest dataset of a name, request by request: one is sent when the table of the
 * one before it is ready, so that after a refusal all rows before it are there and none behind it.
 *
 * @throws CommandFailure, ServerRefusal with the line of the file
 */
export async function* appendFile(client: Client, given: FileToAppend, signal: AbortSignal): AsyncGenerator<Appended> {
  const { file, bytes, name, dayFirst } = given;
  const base = await newestOf(client, name, signal);
  const schema = base.schema ?? [];
  const { delimiter, records } = await readRecords(bytes, [schema.length]);
  const iterator = records[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) throw new CommandFailure('file-empty', `${file} has no row.`);
  const { columns, hasHeader } = columnsOf(first.value.values, schema, { file, name });
  const style: CellStyle = { decimalComma: delimiter !== ',', dayFirst };
  let rows = 0;
  for await (const batch of batches(rowsOf(hasHeader ? undefined : first.value, iterator), sizeIn(columns), largest)) {
    const body = { rows: batch.items.map(({ values }) => rowOf(values, columns, style)) };
    const { dataset: accepted } = await client
      .call('appendDatasetRows', { params: { id: name }, body }, signal)
      .catch((error: unknown) => {
        throw placed(error, file, batch);
      });
    const dataset = await awaitDataset(client, accepted.id, signal);
    checkReady(dataset);
    rows += batch.items.length;
    yield { rows, dataset };
  }
  if (rows === 0) throw new CommandFailure('file-empty', `${file} has no row but its header.`);
}

/** The newest dataset of a name that was uploaded, or appended to: what was derived takes no rows. */
async function newestOf(client: Client, name: string, signal: AbortSignal): Promise<Dataset> {
  const query = { name, status: 'ready' as const, limit: 50 };
  const { datasets } = await client.call('listDatasets', { query }, signal);
  const newest = datasets.find(({ parents, recipe }) => parents.length === 0 || recipe?.appendedRows !== undefined);
  if (newest !== undefined) return await client.call('getDataset', { params: { id: newest.id } }, signal);
  throw new CommandFailure('dataset-not-found', `There is no dataset ${name} that was uploaded and is ready.`, {
    cure: 'Upload a table of that name first, with train or enrich; `datasets` lists what there is.',
  });
}

interface Columns {
  /** of the file, in its order */
  readonly columns: readonly Column[];
  readonly hasHeader: boolean;
}

/** By the names of a header, in any order; without one by place. */
function columnsOf(
  first: readonly string[],
  schema: readonly Column[],
  { file, name }: { readonly file: string; readonly name: string },
): Columns {
  const found = first.map((cell, index) => cell.trim() || `column_${index + 1}`);
  const byName = new Map(schema.map((column) => [column.name, column]));
  const wanted = [...byName.keys()].join(', ');
  if (!found.some((each) => byName.has(each))) {
    if (first.length === schema.length) return { columns: schema, hasHeader: false };
    const detail = `The first line of ${file} has ${first.length} values; ${name} has ${schema.length} columns.`;
    throw new CommandFailure('wrong-number-of-values', detail, { cure: `Give a header, or values of: ${wanted}.` });
  }
  const columns = found.map((each) => {
    const column = byName.get(each);
    if (column !== undefined) return column;
    const detail = `${file} has a column ${each}, and ${name} has none.`;
    throw new CommandFailure('column-unknown', detail, { cure: `Its columns are: ${wanted}.` });
  });
  const missing = schema.filter(({ name: each }) => !found.includes(each)).map(({ name: each }) => each);
  if (missing.length === 0) return { columns, hasHeader: true };
  throw new CommandFailure('column-missing', `${file} has no column ${missing.join(', ')}.`, {
    cure: 'Add what is missing, empty where it is not known.',
  });
}

async function* rowsOf(first: CsvRecord | undefined, rest: AsyncIterator<CsvRecord>): AsyncGenerator<CsvRecord> {
  if (first !== undefined) yield first;
  yield* { [Symbol.asyncIterator]: () => rest };
}

const rowOf = (values: readonly string[], columns: readonly Column[], style: CellStyle) =>
  Object.fromEntries(columns.map(({ name, kind }, at) => [name, valueForColumn(values[at] ?? '', kind, style)]));

/** Bytes of a row in JSON, where each value comes with the name of its column. */
function sizeIn(columns: readonly Column[]): (record: CsvRecord) => number {
  const names = columns.reduce((sum, { name }) => sum + Buffer.byteLength(name) + '"":"",'.length, 2);
  return ({ values }) => values.reduce((sum, value) => sum + Buffer.byteLength(value), names);
}

/** The server counts rows of a request; the person looks for a line of the file. */
function placed(error: unknown, file: string, { start, items }: Batch<CsvRecord>): unknown {
  if (!(error instanceof ServerRefusal)) return error;
  const row = error.problem.problems?.[0]?.row;
  const record = row === undefined ? undefined : items[row - 1];
  const place = record === undefined ? '' : ` (line ${record.line} of ${file})`;
  const before = start === 0 ? '' : ` The ${start} rows before are appended.`;
  return new ServerRefusal({ ...error.problem, detail: `${error.problem.detail}${place}${before}` });
}
