import { missingSpellings } from '@bellwether/datasets';

/** What counts as missing in an upload must here too, or the model would see a category that it never saw. */
const spellings: ReadonlySet<string> = new Set(missingSpellings);

/** A cell of a CSV file as a value of an instance. Numbers stay text: the server knows the kinds of its columns. */
export function valueOfCell(cell: string): string | null {
  return spellings.has(cell) ? null : cell;
}
