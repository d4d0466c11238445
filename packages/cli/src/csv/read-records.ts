import { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import { CommandFailure } from '../failure.ts';
import { detectDelimiter } from './detect-delimiter.ts';

export interface CsvRecord {
  readonly values: readonly string[];
  /** 1-based line of the file at which it ends */
  readonly line: number;
}

export interface CsvFile {
  readonly delimiter: string;
  readonly records: AsyncIterable<CsvRecord>;
}

/**
 * Reads a CSV file as a stream of records, the header being one of them.
 *
 * @param expected numbers of values that would fit, by which the delimiter is told
 * @throws CommandFailure `csv-unreadable` with the line, from `records`
 */
export async function readRecords(bytes: AsyncIterable<Uint8Array>, expected: readonly number[]): Promise<CsvFile> {
  const chunks = bytes[Symbol.asyncIterator]();
  const first = await chunks.next();
  const start: Uint8Array = first.done === true ? new Uint8Array() : first.value;
  const [line = ''] = new TextDecoder().decode(start).split(/\r?\n/, 1);
  const delimiter = detectDelimiter(line, expected);
  return { delimiter, records: parsed(start, chunks, delimiter) };
}

async function* parsed(
  start: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
  delimiter: string,
): AsyncGenerator<CsvRecord> {
  async function* all(): AsyncGenerator<Uint8Array> {
    yield start;
    yield* { [Symbol.asyncIterator]: () => rest };
  }
  const parser = parse({ delimiter, bom: true, info: true, skip_empty_lines: true });
  const source = Readable.from(all(), { objectMode: false });
  source.once('error', (error) => parser.destroy(error));
  try {
    for await (const { record, info } of source.pipe(parser)) {
      yield { values: record as string[], line: (info as { lines: number }).lines };
    }
  } catch (error) {
    throw unreadable(error);
  } finally {
    source.destroy();
  }
}

function unreadable(error: unknown): unknown {
  const { code, message, lines } = error as CsvError & { lines?: number };
  if (typeof code !== 'string' || !code.startsWith('CSV_')) return error;
  const cure =
    code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH'
      ? 'Give each row as many values as the first one.'
      : 'Mend the quotes of this line.';
  return new CommandFailure('csv-unreadable', `${message}.`, {
    cure,
    ...(lines === undefined ? {} : { lines: [`line ${lines}`] }),
  });
}
