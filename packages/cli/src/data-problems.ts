import type { DataProblem } from '@bellwether/contracts';
import { printable } from './terminal/printable.ts';

/** A problem of a user's data on one line: where, what, and how to mend it. */
export function problemLine({ severity, column, row, message, cure }: DataProblem): string {
  const place = [
    ...(row === undefined ? [] : [`row ${row}`]),
    ...(column === undefined ? [] : [`column ${column}`]),
  ].join(', ');
  return printable(`${severity}${place === '' ? '' : ` at ${place}`}: ${message} ${cure}`);
}
