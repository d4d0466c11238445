import type { Column } from '@bellwether/contracts';
import { valueOfCell as textOfCell } from '../csv/missing-values.ts';

export interface CellStyle {
  /** commas may be decimal ones: they do not divide the file's values */
  readonly decimalComma: boolean;
  /** of `03/04/2026`; absent: such a date is left as it is, and the server refuses it */
  readonly dayFirst?: boolean | undefined;
}

type Value = string | number | boolean | null;

const truths: Readonly<Record<string, boolean>> = { true: true, yes: true, false: false, no: false };
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A cell of a CSV file as a value of a column, in the JSON that rows are appended in. What fits none stays text. */
export function valueForColumn(cell: string, kind: Column['kind'], style: CellStyle): Value {
  const text = textOfCell(kind === 'text' || kind === 'categorical' ? cell : cell.trim());
  if (text === null) return null;
  switch (kind) {
    case 'numeric':
    case 'integer':
      return numberOf(text, style);
    case 'boolean':
      return truths[text.toLowerCase()] ?? text;
    case 'timestamp':
      return timeOf(text, style);
    default:
      return text;
  }
}

const grouped = { byCommas: /^[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/, byPoints: /^[-+]?[1-9]\d{0,2}(\.\d{3})+,\d+$/ };

function numberOf(text: string, { decimalComma }: CellStyle): number | string {
  const separator = decimalComma ? '.' : ',';
  const ungrouped = (decimalComma ? grouped.byPoints : grouped.byCommas).test(text)
    ? text.replaceAll(separator, '')
    : text;
  const plain = decimalComma ? ungrouped.replace(',', '.') : ungrouped;
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : text;
}

const byParts = /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?=$|[ T])(.*)$/;
const byName = /^(\d{1,2})[- ]([a-z]{3})[a-z]*[- ](\d{2}|\d{4})(?=$|[ T])(.*)$/i;
const byNameFirst = /^([a-z]{3})[a-z]* (\d{1,2}),? (\d{4})(?=$|[ T])(.*)$/i;

/** A date year first, as the server takes it; the time of day stays as it is. */
function timeOf(text: string, { dayFirst }: CellStyle): string {
  const parts = byParts.exec(text);
  if (parts !== null) {
    const [, a = '', , b = '', c = '', rest = ''] = parts;
    if (a.length === 4) return dateOf(a, b, c, rest);
    if (dayFirst === undefined) return text;
    return dayFirst ? dateOf(c, b, a, rest) : dateOf(c, a, b, rest);
  }
  const [, day, month, year, rest = ''] = byName.exec(text) ?? swapped(byNameFirst.exec(text));
  const number = months.indexOf(month?.toLowerCase() ?? '') + 1;
  if (day === undefined || year === undefined || number === 0) return text;
  return dateOf(year, String(number), day, rest);
}

const swapped = (found: RegExpExecArray | null): (string | undefined)[] =>
  found === null ? [] : [found[0], found[2], found[1], found[3], found[4]];

/** Years of two digits as strptime has them: 69 to 99 are of the last century. */
function dateOf(year: string, month: string, day: string, rest: string): string {
  const century = year.length > 2 ? '' : Number(year) >= 69 ? '19' : '20';
  return `${century}${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${rest}`;
}
