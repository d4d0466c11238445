/** Spellings of a missing value: those of `pandas.read_csv`. */
export const missingSpellings: readonly string[] = [
  '',
  '#N/A',
  '#N/A N/A',
  '#NA',
  '-1.#IND',
  '-1.#QNAN',
  '-NaN',
  '-nan',
  '1.#IND',
  '1.#QNAN',
  '<NA>',
  'N/A',
  'NA',
  'NULL',
  'NaN',
  'None',
  'n/a',
  'nan',
  'null',
];

const spellings = new Set(missingSpellings);

export const isMissing = (value: string): boolean => spellings.has(value);
