const delimiters = [',', ';', '\t', '|'] as const;

/**
 * The delimiter of a file to predict, from its first line: the one that gives a number of values that the model can
 * take, else the one that gives most.
 *
 * @param expected numbers of values that would fit
 */
export function detectDelimiter(line: string, expected: readonly number[]): string {
  const counts = delimiters.map((delimiter) => ({ delimiter, values: countOutsideQuotes(line, delimiter) + 1 }));
  const fitting = counts.find(({ values }) => values > 1 && expected.includes(values));
  if (fitting !== undefined) return fitting.delimiter;
  return counts.reduce((best, each) => (each.values > best.values ? each : best)).delimiter;
}

function countOutsideQuotes(line: string, delimiter: string): number {
  // Quotes inside quotes come in pairs, so that every other part is outside.
  return line
    .split('"')
    .filter((_part, index) => index % 2 === 0)
    .reduce((sum, part) => sum + part.split(delimiter).length - 1, 0);
}
