import { queryRow } from '../duckdb/measure-columns.ts';
import { parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier, quoteLiteral } from '../duckdb/quote.ts';
import type { Session } from '../duckdb/session.ts';
import { refuse, shown } from '../problem.ts';
import { requireColumns, storedColumns } from '../split/stored-columns.ts';
import { isNumeric, labelSql, numberSql } from './stored-values.ts';
import { tieByRowId } from './tie-by-row-id.ts';

/** What belongs to a row: its place in both tables, or the value of a column that both have. */
export type Tie = { readonly by: 'place' } | { readonly by: 'column'; readonly column: string };

export interface RowsToPair {
  readonly task: 'regression' | 'classification';
  readonly predictions: {
    readonly path: string;
    readonly column: string;
    /** classification: the column of each label's probability */
    readonly probabilities?: readonly { readonly label: string | number | boolean; readonly column: string }[];
  };
  /** may be in the same table, and is then tied to the prediction in its row */
  readonly actuals: { readonly path: string; readonly column: string };
  readonly tie: Tie;
}

/** The pairs as a table with `actual`, `predicted` and, for the probability of each label, `p0`, `p1`, … */
export const pairs = 'pairs';

export interface Paired {
  readonly rows: number;
  /** the labels of `p0`, `p1`, … as they stand in `actual` and `predicted` */
  readonly labels: readonly string[];
}

/**
 * Ties each prediction to its actual value.
 *
 * @throws RefusedData `column-missing`, `column-not-numeric`, `rows-differ`, `row-id-repeated`, `rows-unmatched`,
 *   `value-missing`
 */
export async function pairRows(session: Session, wanted: RowsToPair): Promise<Paired> {
  const { predictions, actuals, task, tie } = wanted;
  const ids = tie.by === 'column' ? [tie.column] : [];
  const probabilities = predictions.probabilities ?? [];
  const predictedTypes = await storedColumns(session, predictions.path);
  const actualTypes = await storedColumns(session, actuals.path);
  requireColumns(predictedTypes, [predictions.column, ...ids, ...probabilities.map(({ column }) => column)]);
  requireColumns(actualTypes, [actuals.column, ...ids]);
  const own = predictedTypes.get(predictions.column) ?? '';
  const other = actualTypes.get(actuals.column) ?? '';
  if (task === 'regression') requireNumbers([predictions.column, own], [actuals.column, other]);

  const label = (column: string, types: { own: string; other: string }) =>
    task === 'regression' ? numberSql(column) : labelSql(quoteIdentifier(column), types);
  const predicted = [
    `${label(predictions.column, { own, other })} AS predicted`,
    ...probabilities.map(({ column }, index) => `${numberSql(column)} AS p${index}`),
  ].join(', ');
  const actual = `${label(actuals.column, { own: other, other: own })} AS actual`;
  await session.connection.run(`CREATE TABLE ${pairs} AS ${await tiedSql(session, wanted, predicted, actual)}`);
  const rows = await requireValues(session, wanted);
  return { rows, labels: await labelsAsPaired(session, wanted, { own, other }) };
}

async function tiedSql(session: Session, wanted: RowsToPair, predicted: string, actual: string): Promise<string> {
  const { predictions, actuals, tie } = wanted;
  if (predictions.path === actuals.path) return `SELECT ${predicted}, ${actual} FROM ${parquet(predictions.path)}`;
  if (tie.by === 'column') return await tieByRowId(session, { predictions, actuals, predicted, actual }, tie.column);
  const count = async (path: string) =>
    (await queryRow(session.connection, `SELECT count(*) FROM ${parquet(path)}`))[0];
  const [left, right] = [await count(predictions.path), await count(actuals.path)];
  if (left !== right) {
    refuse(
      'rows-differ',
      `There are ${left} predictions and ${right} actual values.`,
      'Give as many of each in the same order, or both with a column that identifies the row.',
    );
  }
  const sides = [
    `SELECT ${predicted} FROM ${parquet(predictions.path)}`,
    `SELECT ${actual} FROM ${parquet(actuals.path)}`,
  ];
  return `SELECT * FROM (${sides[0]}) POSITIONAL JOIN (${sides[1]})`;
}

function requireNumbers(...columns: readonly (readonly [name: string, type: string])[]): void {
  for (const [name, type] of columns) {
    if (isNumeric(type)) continue;
    refuse(
      'column-not-numeric',
      `The column ${shown(name)} does not hold numbers.`,
      'Name a numeric column, or evaluate the task classification.',
      { column: name },
    );
  }
}

async function requireValues(session: Session, { predictions, actuals }: RowsToPair): Promise<number> {
  const [rows, predicted, actual] = await queryRow(
    session.connection,
    `SELECT count(*), count(predicted), count(actual) FROM ${pairs}`,
  );
  for (const [column, present] of [
    [predictions.column, predicted],
    [actuals.column, actual],
  ] as const) {
    const missing = Number(rows) - Number(present);
    if (missing === 0) continue;
    const message = `The column ${shown(column)} has no value in ${missing} of ${rows} rows.`;
    refuse('value-missing', message, 'Fill them in, or leave these rows out of both tables.', { column });
  }
  return Number(rows);
}

/** The labels that probabilities belong to, written as the column of predictions has them. */
async function labelsAsPaired(
  session: Session,
  { predictions }: RowsToPair,
  types: { own: string; other: string },
): Promise<string[]> {
  const labels = predictions.probabilities ?? [];
  if (labels.length === 0) return [];
  const cast = (label: string) => labelSql(`CAST(${quoteLiteral(label)} AS ${types.own})`, types);
  const row = await queryRow(session.connection, `SELECT ${labels.map(({ label }) => cast(String(label))).join(', ')}`);
  return row.map(String);
}
