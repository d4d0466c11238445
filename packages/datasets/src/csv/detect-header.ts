import { isMissing } from './missing.ts';

const number = /^\s*[-+]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d+)?\s*$/i;
const date = /^\s*\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?([ T].*)?\s*$/;
const truth = /^\s*(true|false|yes|no)\s*$/i;

/** What kind of value a spelling is, undefined for plain text. */
function valueSort(value: string): 'number' | 'date' | 'truth' | undefined {
  if (number.test(value)) return 'number';
  if (date.test(value)) return 'date';
  return truth.test(value) ? 'truth' : undefined;
}

/** The one sort of all the values of a column that has values. */
function columnSort(values: readonly string[]): ReturnType<typeof valueSort> {
  const present = values.filter((value) => !isMissing(value));
  const [sort] = present.map(valueSort);
  return present.every((value) => valueSort(value) === sort) ? sort : undefined;
}

/**
 * Whether the first record names the columns. In columns of numbers, dates or truth values a header stands out by
 * being none; where all is text, the first record is a header unless one of its values comes again below or twice.
 */
export function hasHeader(records: readonly (readonly string[])[]): boolean {
  const [first = [], ...body] = records;
  const sorts = first.map((_, column) => columnSort(body.map((record) => record[column] ?? '')));
  const typed = sorts.some((sort) => sort !== undefined);
  if (typed) {
    return first.some((value, column) => {
      const sort = sorts[column];
      return sort !== undefined && !isMissing(value) && valueSort(value) !== sort;
    });
  }
  if (first.some((value) => valueSort(value) !== undefined)) return false;
  return first.every((value, column) => !body.some((record) => value !== '' && record[column] === value));
}
