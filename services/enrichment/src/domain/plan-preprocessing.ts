import { type EnrichmentRequest, Problem } from '@bellwether/contracts';
import { type DatedTable, dateColumn } from './date-column.ts';

/** What `POST /preprocess/{datasetId}` is asked. */
export interface Preprocessing {
  readonly series_ids: readonly string[];
  readonly date?: string | undefined;
  readonly target?: string | undefined;
  readonly test_fraction: number;
  readonly split_by: 'time' | 'shuffle' | 'group';
  readonly group_column?: string | undefined;
  readonly seed: number;
  readonly as_of: 'observation' | 'release';
}

/**
 * The enrichment that a preprocessing is: series joined as of each row's date, then a split.
 *
 * @throws Problem `timestamp-missing`, `timestamp-ambiguous`, `not-a-time`, each naming the columns that may hold dates;
 *   `split-refused`
 */
export function preprocessingRequest(asked: Preprocessing, table: DatedTable): EnrichmentRequest {
  const { series_ids, test_fraction: testFraction, split_by: by, seed, as_of: asOf } = asked;
  const { target, group_column: column } = asked;
  if (column !== undefined && by !== 'group') throw groupsWithoutSplit();
  const isSought = series_ids.length > 0 || by === 'time' || asked.date !== undefined;
  const date = isSought ? dateColumn(asked.date, table) : dateIfAny(table);
  const split = {
    ...{ testFraction, seed, by },
    ...(date === undefined ? {} : { date }),
    ...(column === undefined ? {} : { column }),
    ...(target === undefined ? {} : { target }),
  };
  const macro = { kind: 'macro' as const, series: [...series_ids], asOf, ...(date === undefined ? {} : { date }) };
  return { steps: series_ids.length === 0 ? [] : [macro], split };
}

/** The column of dates of a table that needs none: its outputs still say which it is. */
function dateIfAny(table: DatedTable): string | undefined {
  try {
    return dateColumn(undefined, table);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

function groupsWithoutSplit(): Problem {
  return new Problem(422, 'split-refused', 'Only a split by group has a `group_column`.', {
    field: 'group_column',
    cure: 'Say `"split_by": "group"`, or leave `group_column` out.',
  });
}
