import type { DataProblem } from '@bellwether/contracts';

/**
 * What the upload said of a column's dates where they are spelled in several ways: the first row and value of each, and
 * the cure. Such a column is text.
 *
 * @param column any column if not said
 */
export const mixedDates = (
  problems: readonly DataProblem[] | undefined,
  column?: string,
): Pick<DataProblem, 'message' | 'cure'> | undefined =>
  problems?.find((problem) => problem.code === 'mixed-dates' && (column === undefined || problem.column === column));
