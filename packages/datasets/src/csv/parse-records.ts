/** One value of a CSV text at `start` and the index after it; `quoted` keeps "" apart from nothing. */
function readValue(text: string, start: number, delimiter: string): [value: string, end: number] {
  let index = start;
  while (text[index] === ' ') index += 1;
  if (text[index] !== '"') {
    let end = index;
    while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
    return [text.slice(start, end), end];
  }
  let value = '';
  for (index += 1; index < text.length; index += 1) {
    const next = text.indexOf('"', index);
    const end = next === -1 ? text.length : next;
    value += text.slice(index, end);
    index = end;
    if (text[index + 1] !== '"') break;
    value += '"';
    index += 1;
  }
  index += 1;
  while (text[index] === ' ') index += 1;
  return [value, Math.min(index, text.length)];
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
