import { stat } from 'node:fs/promises';
import { readHead } from '../read-head.ts';
import { detectDelimiter } from './detect-delimiter.ts';
import { hasHeader } from './detect-header.ts';
import { markLength } from './encoding.ts';
import { parseRecords } from './parse-records.ts';

export interface CsvShape {
  readonly delimiter: string;
  readonly header: boolean;
  /** the first record, be it a header or data */
  readonly first: readonly string[];
  /** length of the byte order mark */
  readonly mark: number;
}

const usualSample = 2 ** 16;
const wideSample = 2 ** 22;
const fewRecords = 20;

/** Finds out how a CSV file in UTF-8 is written from its first 64 KiB, or 4 MiB where the rows are long. */
export async function readShape(path: string): Promise<CsvShape> {
  const { size } = await stat(path);
  const head = await readHead(path, usualSample);
  const lines = head.filter((byte) => byte === 0x0a || byte === 0x0d).length;
  const sample = lines < fewRecords && size > usualSample ? await readHead(path, wideSample) : head;
  const mark = markLength(sample);
  const text = sample.subarray(mark).toString('utf8');
  const whole = sample.length === size;
  const delimiter = detectDelimiter(text, whole);
  const records = parseRecords(text, delimiter, whole);
  return { delimiter, header: hasHeader(records), first: records[0] ?? [], mark };
}
