import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { DataProblem } from '@bellwether/contracts';
import { fault, maxProblems, RefusedData, refuse } from '../problem.ts';
import { createUtf8Check } from './check-utf8.ts';
import type { CsvShape } from './read-shape.ts';
import { createScanner, type ScanEvents } from './scan.ts';

export interface CsvLayout {
  /** header included */
  readonly records: number;
  /** before the first record */
  readonly leadingBlankLines: number;
  /** between records of several values, where they carry nothing */
  readonly blankLines: number;
  readonly longestRecord: number;
  readonly quotedLines: boolean;
  readonly mixedLineEnds: boolean;
  /** `Shape`s of each column's values */
  readonly shapes: Uint8Array;
  /** behind the header there is an underscore, which numbers can be written with */
  readonly underscores: boolean;
}

const longestAllowed = 8 * 2 ** 20;

function raggedRow(fields: number, names: readonly string[], line: number): DataProblem {
  const missing = names[fields];
  const message = `Line ${line} has ${fields} ${fields === 1 ? 'value' : 'values'} where ${names.length} are expected.`;
  return missing === undefined
    ? fault('ragged-row', message, 'Remove the surplus, or put a value that holds the delimiter in double quotes.', {
        row: line,
      })
    : fault('ragged-row', message, 'Fill in what is missing; write nothing between delimiters for a missing value.', {
        row: line,
        column: missing,
      });
}

const badQuote = (column: string | undefined, row: number): DataProblem =>
  fault(
    'bad-quote',
    `The quotes opened on line ${row} are closed in the middle of a value.`,
    'Write a double quote within a quoted value twice ("").',
    { row, column },
  );

const unterminated = (column: string | undefined, row: number): DataProblem =>
  fault('unterminated-quote', `The quotes opened on line ${row} are never closed.`, 'Close or remove them.', {
    row,
    column,
  });

const chunksPerTurn = 8;
/** With larger ones the text no longer fits the processor's cache, and takes half as long again. */
const chunkBytes = 2 ** 18;

/**
 * Reads a file by chunks that end with a line where they can. There is one buffer for all of them: a new one each time
 * would be 45 MB of a file of 30 before any is collected.
 */
function* chunks(path: string, start: number): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafeSlow(chunkBytes);
    for (let [position, kept] = [start, 0]; ; ) {
      const read = readSync(file, buffer, kept, chunkBytes - kept, position);
      const filled = kept + read;
      const lineEnd = buffer.subarray(0, filled).lastIndexOf(0x0a) + 1;
      const whole = read === 0 || lineEnd === 0 ? filled : lineEnd;
      if (whole > 0) yield buffer.subarray(0, whole);
      if (read === 0) return;
      buffer.copyWithin(0, whole, filled);
      kept = filled - whole;
      position += read;
    }
  } finally {
    closeSync(file);
  }
}

/**
 * Reads a CSV file once from end to end and checks its text and structure.
 *
 * @throws RefusedData with the first twenty of `not-utf8`, `not-text`, `ragged-row`, `bad-quote`,
 * `unterminated-quote`, `row-too-long`, `too-many-rows`
 */
export async function scanFile(
  path: string,
  shape: CsvShape,
  names: readonly string[],
  maxRows: number,
): Promise<CsvLayout> {
  const problems: DataProblem[] = [];
  const text = createUtf8Check(path, shape.mark);
  const width = shape.first.length;
  let [records, leadingBlankLines, blankLines, trailing, longestRecord, ragged] = [0, 0, 0, 0, 0, 0];
  let quotesBroken = false;
  let underscores = false;

  const onRagged = (fields: number, line: number) => {
    ragged += 1;
    // after broken quotes the records are not what their author meant
    if (!quotesBroken && problems.length < maxProblems) problems.push(raggedRow(fields, names, line));
  };
  const onRecords = (count: number, longest: number) => {
    records += count;
    blankLines += trailing;
    trailing = 0;
    longestRecord = Math.max(longestRecord, longest);
  };
  const events: ScanEvents = {
    regular: onRecords,
    record(fields, line, bytes) {
      if (fields === 0 && (records === 0 || width > 1)) {
        if (records === 0) leadingBlankLines += 1;
        else trailing += 1;
        return;
      }
      onRecords(1, bytes);
      // in a table of one column a blank line is a missing value
      if (Math.max(1, fields) !== width) onRagged(fields, line);
    },
    badQuote(field, line) {
      if (!quotesBroken) problems.push(badQuote(names[field], line));
      quotesBroken = true;
    },
  };
  const scanner = createScanner(shape.delimiter, events, { width, header: shape.header });
  let looked = 0;
  for (const chunk of chunks(path, shape.mark)) {
    // whoever waits for DuckDB meanwhile gets a turn
    if (looked++ % chunksPerTurn === 0) await setImmediate();
    text.push(chunk);
    const from = shape.header && records === 0 ? chunk.indexOf(0x0a) : 0;
    underscores ||= chunk.indexOf(0x5f, from) !== -1;
    scanner.push(chunk);
    if (records - 1 > maxRows) {
      const cure = 'Upload fewer rows, or raise the limit.';
      refuse('too-many-rows', `The table has more than ${maxRows} rows.`, cure);
    }
  }
  text.end();
  const summary = scanner.end();
  if (summary.unterminated > 0 && !quotesBroken) {
    problems.push(unterminated(names[summary.unterminatedField], summary.unterminated));
  }
  if (ragged > maxProblems) {
    problems.push(fault('ragged-rows', `${ragged} lines in all have too few or too many values.`, 'Mend them all.'));
  }
  if (longestRecord > longestAllowed) {
    const message = `A row has ${longestRecord} bytes; ${longestAllowed} are the most.`;
    problems.push(fault('row-too-long', message, 'Shorten its values; a quote that is not closed can cause this.'));
  }
  if (problems.length > 0) throw new RefusedData(problems);
  return { ...summary, records, leadingBlankLines, blankLines, longestRecord, underscores };
}

/** The lines, 1-based, on which records begin; records are counted from 0, header included. */
export async function findLines(
  path: string,
  shape: CsvShape,
  wanted: ReadonlySet<number>,
): Promise<Map<number, number>> {
  const lines = new Map<number, number>();
  let records = 0;
  const scanner = createScanner(shape.delimiter, {
    record(fields, line) {
      if (fields === 0 && (records === 0 || shape.first.length > 1)) return;
      if (wanted.has(records)) lines.set(records, line);
      records += 1;
    },
  });
  for (const chunk of chunks(path, shape.mark)) scanner.push(chunk);
  scanner.end();
  return lines;
}
