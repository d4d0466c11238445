/** Index of the next delimiter, line end or end of text. */
function valueEnd(text: string, start: number, delimiter: string): number {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return end;
}

/** Index after the quote that closes the value opened before `start`. */
function closingQuote(text: string, start: number): number {
  for (let index = start; ; index += 2) {
    index = text.indexOf('"', index);
    if (index === -1) return text.length;
    if (text[index + 1] !== '"') return index + 1;
  }
}

/** The value of a CSV text that begins at `start`, and the index of what ends it. */
function readValue(text: string, start: number, delimiter: string): [value: string, end: number] {
  let open = start;
  while (text[open] === ' ') open += 1;
  if (text[open] !== '"') {
    const end = valueEnd(text, start, delimiter);
    return [text.slice(start, end), end];
  }
  const close = closingQuote(text, open + 1);
  const value = text.slice(open + 1, close - 1).replaceAll('""', '"');
  // what follows the quotes is malformed; with a wrong delimiter it is the rest of the record
  return [value, valueEnd(text, close, delimiter)];
}

interface Parsed {
  readonly record: string[];
  readonly next: number;
  /** the text ended before the record did */
  readonly cut: boolean;
}

function readRecord(text: string, start: number, delimiter: string): Parsed {
  const record: string[] = [];
  for (let index = start; ; ) {
    const [value, end] = readValue(text, index, delimiter);
    record.push(value);
    index = end + 1;
    if (text[end] === '\n') return { record, next: index, cut: false };
    if (text[end] === '\r') return { record, next: text[index] === '\n' ? index + 1 : index, cut: false };
    if (text[end] === undefined) return { record, next: end, cut: true };
  }
}

/**
 * The records of the first part of a CSV text, blank lines left out. If the text was cut (`whole` false), so is its
 * last record, which is left out too. Meant for samples: the file as a whole is read by DuckDB.
 */
export function parseRecords(text: string, delimiter: string, whole: boolean): string[][] {
  const records: string[][] = [];
  for (let index = 0; index < text.length; ) {
    const { record, next, cut } = readRecord(text, index, delimiter);
    const blank = text[index] === '\n' || text[index] === '\r';
    if (!blank && (whole || !cut)) records.push(record);
    index = next;
  }
  return records;
}
