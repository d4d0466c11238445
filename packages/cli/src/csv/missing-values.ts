/**
 * Spellings that count as a missing value in uploads; in a file to predict they must mean the same, or the model would
 * see a category that it never saw.
 */
const spellings: ReadonlySet<string> = new Set([
  ...['', '#N/A', '#N/A N/A', '#NA', '-1.#IND', '-1.#QNAN', '-NaN', '-nan', '1.#IND', '1.#QNAN', '<NA>'],
  ...['N/A', 'NA', 'NULL', 'NaN', 'None', 'n/a', 'nan', 'null'],
]);

/** A cell of a CSV file as a value of an instance. Numbers stay text: the server knows the kinds of its columns. */
export function valueOfCell(cell: string): string | null {
  return spellings.has(cell) ? null : cell;
}
