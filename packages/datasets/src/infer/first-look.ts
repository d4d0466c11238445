import type { DuckDBConnection } from '@duckdb/node-api';
import type { RawTable } from '../raw-table.ts';
import { sampleRows } from './candidates.ts';
import { type Candidates, candidatesOf, type Inferred, inferColumns } from './infer-columns.ts';

/** What the first rows of an upload say. */
export interface FirstLook {
  readonly candidates: Candidates;
  readonly sampled: Inferred;
}

export const sample = `(SELECT * FROM raw LIMIT ${sampleRows})`;

/**
 * Looks at the first rows of an upload before it is known to be whole, as the relation `raw`.
 *
 * @param labels name of the column whose values are predicted
 */
export async function lookFirst(
  connection: DuckDBConnection,
  raw: Pick<RawTable, 'query' | 'columns' | 'decimalComma'>,
  labels: string | undefined,
): Promise<FirstLook> {
  await connection.run(`CREATE OR REPLACE VIEW raw AS ${raw.query}`);
  const candidates = await candidatesOf(connection, raw, labels);
  return { candidates, sampled: await inferColumns(connection, raw, candidates, sample) };
}
