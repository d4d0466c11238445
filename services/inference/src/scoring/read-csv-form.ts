import { isUtf8 } from 'node:buffer';
import { missingSpellings, parseRecords } from '@bellwether/datasets';
import { refuseScoring } from './refuse-scoring.ts';
import { type Inputs, rowsByName, rowsByPlace, type ScoredRows } from './scored-rows.ts';

const missing: ReadonlySet<string> = new Set(missingSpellings);
const valueOfCell = (cell: string): string | null => (missing.has(cell) ? null : cell);

/**
 * Rows of a CSV body. A first line that names an input is the header; without one values count by place, as
 * SageMaker's clients send them.
 *
 * @throws Problem `scoring-refused`
 */
export function readCsvForm(bytes: Buffer, inputs: Inputs): ScoredRows {
  if (!isUtf8(bytes)) throw refuseScoring('The body is not UTF-8.', 'Encode the CSV as UTF-8.');
  const records = parseRecords(bytes.toString().replace(/^\uFEFF/, ''), ',', true);
  const [first = [], ...rest] = records;
  const hasHeader = first.some((cell) => inputs.some(({ name }) => name === cell));
  const rows = (hasHeader ? rest : records).map((record) => record.map(valueOfCell));
  return hasHeader ? rowsByName(first, rows, inputs, 'csv') : rowsByPlace(rows, inputs, 'csv');
}
