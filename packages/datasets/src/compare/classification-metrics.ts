import type { Metrics } from '@bellwether/contracts';
import type { z } from 'zod';
import { queryRow, queryRows } from '../duckdb/measure-columns.ts';
import { quoteLiteral } from '../duckdb/quote.ts';
import type { Session } from '../duckdb/session.ts';
import { pairs } from './pair-rows.ts';

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Scores of the pairs by the formulas of `sklearn.metrics`: labels that occur in neither truth nor predictions do not
 * enter the macro F1, those without a true row not the balanced accuracy. Without probabilities there is neither
 * `logLoss` nor `auc`.
 *
 * @param labels what the probabilities `p0`, `p1`, … belong to
 */
export async function classificationMetrics(
  session: Session,
  labels: readonly string[],
): Promise<z.infer<typeof Metrics>> {
  const { connection } = session;
  const counts = (
    await queryRows(
      connection,
      `SELECT sum(truth), sum(predicted), sum(hit) FROM (
         SELECT actual AS label, count(*) AS truth, 0 AS predicted, count(*) FILTER (actual = predicted) AS hit
           FROM ${pairs} GROUP BY actual
         UNION ALL SELECT predicted, 0, count(*), 0 FROM ${pairs} GROUP BY predicted
       ) GROUP BY label ORDER BY label`,
    )
  ).map(([truth, predicted, hits]) => ({ truth: Number(truth), predicted: Number(predicted), hits: Number(hits) }));
  const rows = counts.reduce((sum, { truth }) => sum + truth, 0);
  const auc = await areaUnderCurve(session, labels);
  return {
    accuracy: counts.reduce((sum, { hits }) => sum + hits, 0) / rows,
    balancedAccuracy: meanOf(counts.filter(({ truth }) => truth > 0).map(({ hits, truth }) => hits / truth)),
    f1: meanOf(counts.map(({ truth, predicted, hits }) => (2 * hits) / (truth + predicted))),
    ...(labels.length === 0 ? {} : { logLoss: await logLoss(session, labels) }),
    ...(auc === undefined ? {} : { auc }),
  };
}

/** scikit-learn's clipping of probabilities: one confident mistake must not cost infinitely much. */
const leastProbability = Number.EPSILON;

async function logLoss({ connection }: Session, labels: readonly string[]): Promise<number> {
  // A label that the model does not know had probability 0.
  const given = labels.map((label, index) => `WHEN ${quoteLiteral(label)} THEN p${index}`).join(' ');
  const clipped = `least(${1 - leastProbability}, greatest(${leastProbability}, CASE actual ${given} ELSE 0 END))`;
  const [loss] = await queryRow(connection, `SELECT favg(-ln(${clipped})) FROM ${pairs}`);
  return Number(loss);
}

/** Two labels: of the second; more: the mean of each against the rest. Undefined when no label has both. */
async function areaUnderCurve(session: Session, labels: readonly string[]): Promise<number | undefined> {
  if (labels.length < 2) return undefined;
  const wanted = labels.length === 2 ? [1] : labels.map((_, index) => index);
  const areas: number[] = [];
  for (const index of wanted) {
    const area = await areaOf(session, labels[index] ?? '', `p${index}`);
    if (area !== undefined) areas.push(area);
  }
  return areas.length === 0 ? undefined : meanOf(areas);
}

/** Mann and Whitney's U: how often a row of the label has a higher probability than one of another; ties count half. */
async function areaOf({ connection }: Session, label: string, column: string): Promise<number | undefined> {
  const [wins, own, others] = (
    await queryRow(
      connection,
      `SELECT sum(own * (below + others / 2)), sum(own), sum(others) FROM (
         SELECT own, others, coalesce(sum(others) OVER (ORDER BY p ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS below
         FROM (
           SELECT ${column} AS p, count(*) FILTER (actual = ${quoteLiteral(label)})::DOUBLE AS own,
             count(*) FILTER (actual <> ${quoteLiteral(label)})::DOUBLE AS others
           FROM ${pairs} GROUP BY ${column}
         )
       )`,
    )
  ).map(Number) as [number, number, number];
  return own > 0 && others > 0 ? wins / (own * others) : undefined;
}
