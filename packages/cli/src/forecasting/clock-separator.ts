import { createReadStream } from 'node:fs';
import { readRecords } from '../csv/read-records.ts';

/** The first rows are enough: a column of times is spelled in one way. */
const lookedAt = 65_536;
const zoneless = /^\d{4}-\d\d-\d\d([ T])\d\d:\d\d(:\d\d(\.\d+)?)?$/;

/**
 * What stands between date and time of day in a column of a CSV file whose times have no zone, as its first value has it:
 * forecasts that are written in the same way meet the table's own times.
 *
 * @returns undefined where times have a zone or are spelled otherwise, and for files that are no CSV
 */
export async function clockSeparator(file: string, column: string): Promise<' ' | 'T' | undefined> {
  try {
    const { records } = await readRecords(createReadStream(file, { end: lookedAt - 1 }), []);
    let place: number | undefined;
    for await (const { values } of records) {
      if (place === undefined) place = values.indexOf(column);
      else if (values[place]) return zoneless.exec(values[place] ?? '')?.[1] as ' ' | 'T' | undefined;
    }
  } catch {
    // Not a text, or cut off in its first row.
  }
  return undefined;
}
