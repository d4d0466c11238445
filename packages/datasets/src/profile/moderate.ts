/** Squares of larger numbers overflow, which DuckDB answers with an error. */
const largestSquared = 1e150;

/** SQL of a DOUBLE that a mean and a deviation may be made of, NULL where it is too large. */
export const moderate = (value: string): string => `CASE WHEN abs(${value}) < ${largestSquared} THEN ${value} END`;
