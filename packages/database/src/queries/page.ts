/** One page of a list ordered by id, newest first, since ids sort by time. */
export interface PageRequest {
  readonly limit: number;
  /** the last id of the page before */
  readonly cursor?: string | undefined;
}

/** The cursor of the next page, when there may be one. */
export function nextCursor<Row>(
  rows: readonly Row[],
  page: PageRequest,
  idOf: (row: Row) => string,
): { nextCursor?: string } {
  const last = rows.at(-1);
  return last !== undefined && rows.length === page.limit ? { nextCursor: idOf(last) } : {};
}
