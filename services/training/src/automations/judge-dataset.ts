import type { AutomationTable } from '@bellwether/database';

/** An uploaded dataset that is ready, as far as an automation asks. */
export interface Arrival {
  readonly id: string;
  readonly rows: number;
  /** made of rows that were appended, and no upload by itself */
  readonly isAppended: boolean;
}

export interface Verdict {
  readonly runs: boolean;
  /** from what the next rows are counted, when that changes */
  readonly counted?: { readonly rows: number; readonly datasetId: string };
}

/**
 * Whether a dataset is what an automation waits for. Rows are counted as how many more the newest dataset has than the
 * one of the last run, so that nothing is counted twice when messages come again or in another order. A table that
 * came in place of a larger one is where counting begins anew.
 */
export function judgeDataset(
  automation: Pick<AutomationTable, 'new_rows' | 'counted_rows' | 'counted_id'>,
  { id, rows, isAppended }: Arrival,
): Verdict {
  const { new_rows: wanted, counted_rows: before, counted_id: lastCounted } = automation;
  if (wanted === null) return { runs: !isAppended };
  if (lastCounted !== null && id <= lastCounted) return { runs: false };
  const more = rows - (before ?? 0);
  const counted = { rows, datasetId: id };
  if (more >= wanted) return { runs: true, counted };
  return more < 0 ? { runs: false, counted } : { runs: false };
}
