import { queryRow } from '../duckdb/measure-columns.ts';
import { parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import type { Session } from '../duckdb/session.ts';
import { refuse, shown } from '../problem.ts';

interface Sides {
  readonly predictions: { readonly path: string };
  readonly actuals: { readonly path: string };
  /** what is selected of each */
  readonly predicted: string;
  readonly actual: string;
}

/**
 * SQL of the pairs of rows that have the same value in a column.
 *
 * @throws RefusedData `row-id-missing`, `row-id-repeated`, `rows-unmatched`
 */
export async function tieByRowId(session: Session, sides: Sides, column: string): Promise<string> {
  // As text: one table may hold as text what the other holds as numbers.
  const id = `CAST(${quoteIdentifier(column)} AS VARCHAR)`;
  await requireIdentities(session, sides.predictions.path, 'predictions', column, id);
  await requireIdentities(session, sides.actuals.path, 'actual values', column, id);
  const predictions = `(SELECT ${id} AS id, ${sides.predicted} FROM ${parquet(sides.predictions.path)})`;
  const actuals = `(SELECT ${id} AS id, ${sides.actual} FROM ${parquet(sides.actuals.path)})`;
  await requireMatches(session, predictions, actuals, column);
  return `SELECT * EXCLUDE (id) FROM ${predictions} JOIN ${actuals} USING (id)`;
}

async function requireIdentities(session: Session, path: string, what: string, column: string, id: string) {
  const [rows, present] = await queryRow(session.connection, `SELECT count(*), count(${id}) FROM ${parquet(path)}`);
  if (rows !== present) {
    const message = `Of the ${what}, ${Number(rows) - Number(present)} rows have no ${shown(column)}.`;
    refuse('row-id-missing', message, 'Fill the column in: it says which row is which.', { column });
  }
  const [repeated] = await queryRow(
    session.connection,
    `SELECT ${id} AS id FROM ${parquet(path)} GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT 1`,
  );
  if (repeated === undefined) return;
  const message = `Of the ${what}, several rows have the ${shown(column)} ${shown(String(repeated))}.`;
  refuse('row-id-repeated', message, 'Name a column with another value in each row.', { column });
}

async function requireMatches(session: Session, predictions: string, actuals: string, column: string): Promise<void> {
  for (const [one, other, what] of [
    [predictions, actuals, 'predictions have no actual value'],
    [actuals, predictions, 'actual values have no prediction'],
  ] as const) {
    const [count, first] = await queryRow(
      session.connection,
      `SELECT count(*), min(id) FROM ${one} ANTI JOIN ${other} USING (id)`,
    );
    if (Number(count) === 0) continue;
    const message = `${count} ${what}, such as that with the ${shown(column)} ${shown(String(first))}.`;
    refuse('rows-unmatched', message, 'Leave these rows out, or add what is missing.', { column });
  }
}
