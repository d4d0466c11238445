import { Act, Sort, State, transitions } from './transitions.ts';
import { createValueShapes } from './value-shapes.ts';

export interface ScanEvents {
  /** a record ended; a blank line is a record of no fields. `line` is where it began, 1-based */
  record?(fields: number, line: number, bytes: number): void;
  /** so many records of `width` fields ended, none blank, without a word of them by `record` */
  regular?(records: number, longest: number): void;
  /** text after a closing quote; `line` is where the quotes were opened */
  badQuote?(field: number, line: number): void;
}

export interface ScanSummary {
  readonly quotedLines: boolean;
  /** line ends of more than one kind outside quotes */
  readonly mixedLineEnds: boolean;
  /** 1-based line of quotes that never end, 0 when all do */
  readonly unterminated: number;
  readonly unterminatedField: number;
  /** `Shape`s of each column's values, the header's name included */
  readonly shapes: Uint8Array;
}

export interface Scanner {
  push(chunk: Uint8Array): void;
  end(): ScanSummary;
}

function byteSorts(delimiter: string): Uint8Array {
  const sorts = new Uint8Array(256);
  sorts[0x20] = Sort.space;
  sorts[0x22] = Sort.quote;
  sorts[0x0d] = Sort.carriageReturn;
  sorts[0x0a] = Sort.lineFeed;
  sorts[delimiter.charCodeAt(0)] = Sort.delimiter;
  return sorts;
}

/** The state behind a chunk without quotes and carriage returns, told by its end. */
function stateAfter(chunk: Uint8Array, sorts: Uint8Array, before: number): number {
  const last = chunk.length - 1;
  for (let index = last; index >= 0; index -= 1) {
    const sort = sorts[chunk[index] as number];
    if (sort === Sort.other) return State.plain;
    if (sort === Sort.space) continue;
    if (index < last) return State.leading;
    return sort === Sort.lineFeed ? State.recordStart : State.fieldStart;
  }
  return last === -1 || before === State.plain ? before : State.leading;
}

/** What is known of a file before it is scanned. */
interface Expected {
  /** fields of a record, 0 if that is not known */
  readonly width: number;
  readonly header: boolean;
}

const unknown: Expected = { width: 0, header: false };

/**
 * Finds the records of a CSV file in UTF-8, fed by chunks. It is what knows a row's line in the file and that no row
 * is lost: DuckDB's reader counts neither quoted line ends nor, without strict mode, every row.
 */
export function createScanner(delimiter: string, events: ScanEvents, { width, header }: Expected = unknown): Scanner {
  const sorts = byteSorts(delimiter);
  const separator = delimiter.charCodeAt(0);
  const shapes = createValueShapes(width);
  let state: number = State.recordStart;
  let [line, recordLine, quoteLine, fields, offset, recordOffset] = [1, 1, 1, 0, 0, 0];
  let [lineFeeds, returns, pairs] = [0, 0, 0];
  let quotedLines = false;
  let inHeader = header;
  /** where the value began, within the chunk; before it if negative */
  let valueStart = 0;
  /** the value that the last chunk ended in */
  let cut: Uint8Array | undefined;

  const finishRecord = (count: number, end: number) => {
    events.record?.(count, recordLine, end - recordOffset);
    if (inHeader && count > 0) {
      shapes.found.fill(0);
      inHeader = false;
    }
    fields = 0;
    line += 1;
    recordLine = line;
    recordOffset = end + 1;
  };
  const act = (kind: number, sort: number, chunk: Uint8Array, index: number) => {
    switch (kind) {
      case Act.field:
        shapes.note(fields, chunk, valueStart, index);
        valueStart = index + 1;
        fields += 1;
        break;
      case Act.open:
        quoteLine = line;
        break;
      case Act.badQuote:
        events.badQuote?.(fields, quoteLine);
        break;
      case Act.crlf:
        pairs += 1;
        valueStart = index + 1;
        recordOffset = offset + index + 1;
        break;
      case Act.quotedLine:
        quotedLines = true;
        line += 1;
        break;
      default:
        shapes.note(fields, chunk, valueStart, index);
        valueStart = index + 1;
        if (sort === Sort.lineFeed) lineFeeds += 1;
        else returns += 1;
        finishRecord(kind === Act.blank ? 0 : fields + 1, offset + index);
    }
  };

  /** Makes up for records that were passed over, up to one that begins at `begin`. */
  const passRegular = (records: number, longest: number, begin: number) => {
    if (records === 0) return;
    events.regular?.(records, longest);
    lineFeeds += records;
    line += records;
    recordLine = line;
    recordOffset = offset + begin;
  };

  /** A chunk that begins outside quotes and has none: only ends of values and of lines matter, in half the time. */
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one turn a value of an upload, with what it needs in local variables
  const pushPlain = (chunk: Uint8Array) => {
    const { length } = chunk;
    const last = Math.max(separator, 0x0a);
    const regularFields = events.regular === undefined ? -1 : width - 1;
    let [count, start, begin] = [fields, valueStart, state === State.recordStart ? 0 : -1];
    let [regular, longest] = [0, 0];
    for (let index = 0; index < length; index += 1) {
      while (index < length && (chunk[index] as number) > last) index += 1;
      const byte = chunk[index];
      if (byte === separator) {
        shapes.note(count, chunk, start, index);
        start = index + 1;
        count += 1;
      } else if (byte === 0x0a) {
        shapes.note(count, chunk, start, index);
        if (count === regularFields && begin >= 0 && index > begin && !inHeader) {
          regular += 1;
          if (index - begin > longest) longest = index - begin;
        } else {
          passRegular(regular, longest, begin);
          lineFeeds += 1;
          finishRecord(index === begin ? 0 : count + 1, offset + index);
          regular = 0;
          longest = 0;
        }
        count = 0;
        start = index + 1;
        begin = start;
      }
    }
    passRegular(regular, longest, begin);
    fields = count;
    valueStart = start;
    state = stateAfter(chunk, sorts, state);
  };

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one turn a byte of an upload; all else is in `act`
  const pushAny = (chunk: Uint8Array) => {
    const { length } = chunk;
    let current = state;
    for (let index = 0; index < length; index += 1) {
      const sort = sorts[chunk[index] as number] as number;
      if (sort === Sort.other) {
        if (current <= State.plain) current = State.plain;
        if (current <= State.quoted) continue;
      } else if (current <= State.plain) {
        // nearly all the rest: ends of values and of records outside quotes
        if (sort === Sort.delimiter) {
          shapes.note(fields, chunk, valueStart, index);
          valueStart = index + 1;
          fields += 1;
          current = State.fieldStart;
          continue;
        }
        if (sort === Sort.lineFeed && current !== State.recordStart) {
          shapes.note(fields, chunk, valueStart, index);
          valueStart = index + 1;
          lineFeeds += 1;
          finishRecord(fields + 1, offset + index);
          current = State.recordStart;
          continue;
        }
      }
      const step = transitions[current * 6 + sort] as number;
      current = step & 7;
      if (step > 7) act(step >> 3, sort, chunk, index);
    }
    state = current;
  };

  return {
    push(chunk) {
      const { length } = chunk;
      if (state <= State.plain && !chunk.includes(0x22) && !chunk.includes(0x0d)) pushPlain(chunk);
      else pushAny(chunk);
      offset += length;
      cut = valueStart >= 0 && valueStart < length ? chunk.slice(valueStart) : undefined;
      valueStart -= length;
    },
    end() {
      const open = state === State.quoted || state === State.quotedReturn;
      if (!open && state !== State.recordStart && state !== State.afterReturn) {
        if (cut !== undefined) shapes.note(fields, cut, 0, cut.length);
        else shapes.note(fields, new Uint8Array(), valueStart, 0);
        finishRecord(fields + 1, offset);
      }
      const kinds = [lineFeeds > 0, pairs > 0, returns > pairs].filter(Boolean).length;
      return {
        quotedLines,
        mixedLineEnds: kinds > 1,
        unterminated: open ? quoteLine : 0,
        unterminatedField: fields,
        shapes: shapes.found,
      };
    },
  };
}
