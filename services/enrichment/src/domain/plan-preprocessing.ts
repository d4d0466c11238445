import type { EnrichmentRequest } from '@bellwether/contracts';
import { type DatedTable, dateColumn } from './date-column.ts';

/** What `POST /preprocess/{datasetId}` is asked. */
export interface Preprocessing {
  readonly series_ids: readonly string[];
  readonly date?: string | undefined;
  readonly target?: string | undefined;
  readonly test_fraction: number;
  readonly split_by: 'time' | 'shuffle';
  readonly seed: number;
  readonly as_of: 'observation' | 'release';
}

/**
 * The enrichment that a preprocessing is: series joined as of each row's date, then a split.
 *
 * @throws Problem `timestamp-missing`, `timestamp-ambiguous`, `not-a-time`, each naming the columns that may hold dates
 */
export function preprocessingRequest(asked: Preprocessing, table: DatedTable): EnrichmentRequest {
  const { series_ids, test_fraction: testFraction, split_by: by, seed, as_of: asOf } = asked;
  const date = dateColumn(asked.date, table);
  const split = { testFraction, seed, by, date, ...(asked.target === undefined ? {} : { target: asked.target }) };
  const macro = { kind: 'macro' as const, series: [...series_ids], date, asOf };
  return { steps: series_ids.length === 0 ? [] : [macro], split };
}
