import type { Column, EnrichmentStep } from '@bellwether/contracts';
import { parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier, quoteLiteral } from '../duckdb/quote.ts';
import { openSession } from '../duckdb/session.ts';
import { jsonValue } from '../read/json-value.ts';
import type { Row } from '../read/read-rows.ts';
import { interval } from './aggregate.ts';
import { columnList } from './derive-table.ts';
import { evaluateSteps } from './evaluate-steps.ts';
import { nextRows, periodicSteps } from './next-periods.ts';
import { itemName, rowNumber } from './step-definition.ts';
import type { StepTable } from './step-table.ts';

export interface PeriodsToPredict {
  /** what is known of the items, as `deriveNextPeriod` wrote it */
  readonly history: string;
  readonly item: string;
  /** how many */
  readonly periods: number;
  /** first day of the first of them, in milliseconds since the epoch */
  readonly periodStart: number;
  /** all steps that made the training table, resolved, and the table before the first of them */
  readonly steps: readonly EnrichmentStep[];
  readonly table: StepTable;
  readonly files: Readonly<Record<string, string>>;
  readonly others: Readonly<Record<string, readonly Column[]>>;
  readonly target: string;
  /** predicts from the features of a period */
  readonly predict: (features: Row) => number;
}

export interface PredictedPeriod {
  /** first day, in milliseconds since the epoch */
  readonly periodStart: number;
  readonly prediction: number;
}

const memoryBytes = 128 * 2 ** 20;

/**
 * Predicts several periods of one item, each from those before it: a prediction stands for the value of its period when
 * the next one's features are computed (recursive multi-step forecasting).
 *
 * @throws RangeError when the steps leave no row of each item and period
 */
export async function predictPeriods(request: PeriodsToPredict): Promise<PredictedPeriod[]> {
  const { history, item, periods, periodStart, files, others } = request;
  const parted = periodicSteps(request.steps, request.table, (id) => others[id]);
  if (parted === undefined) throw new RangeError('the steps leave no row of each item and period');
  const { aggregation, grouped, features } = parted;
  const value = learnedValue(request.target, features);
  const asDouble = grouped.columns
    .map(({ name }) => quoteIdentifier(name))
    // a prediction is no whole number, and steps compute with doubles anyway
    .map((name) => (name === quoteIdentifier(value.column) ? `CAST(${name} AS DOUBLE) AS ${name}` : name));
  const session = await openSession({ paths: [history, ...Object.values(files)], memoryBytes, threads: 1 });
  const { connection } = session;
  try {
    const date = quoteIdentifier(aggregation.date);
    await connection.run(`CREATE TEMP TABLE known AS
      SELECT row_number() OVER (ORDER BY ${date}) AS ${rowNumber}, ${asDouble.join(', ')}
      FROM ${parquet(history)} WHERE ${itemName} = ${quoteLiteral(item)}`);
    const from = { items: 'known', afterRow: `(SELECT max(${rowNumber}) FROM known)`, periods };
    const next = nextRows(parted, { ...from, first: `epoch_ms(CAST(${periodStart} AS BIGINT))` });
    await connection.run(`CREATE TEMP TABLE next_rows AS ${next}`);
    await connection.run('CREATE TEMP TABLE with_next AS FROM known UNION ALL BY NAME FROM next_rows');
    const note = () => undefined;
    const given = { connection, from: 'with_next', table: grouped, steps: features, files, others, note };
    const { relation, table } = await evaluateSteps(given);
    const numbers = (await connection.runAndReadAll(`SELECT ${rowNumber} FROM next_rows ORDER BY 1`)).getRows();
    const predicted: PredictedPeriod[] = [];
    for (const [index, [number]] of numbers.entries()) {
      const start = `epoch_ms(CAST(${periodStart} AS BIGINT)) + ${index} * ${interval[aggregation.period]}`;
      const reader = await connection.runAndReadAll(
        `SELECT CAST(epoch_ms(CAST(${start} AS TIMESTAMP)) AS DOUBLE), ${columnList(table)} FROM ${relation} WHERE ${rowNumber} = ${number}`,
      );
      const [[at, ...values] = []] = reader.getRows();
      const row = Object.fromEntries(table.columns.map(({ name }, place) => [name, jsonValue(values[place] ?? null)]));
      const prediction = request.predict(row);
      predicted.push({ periodStart: Number(at), prediction });
      if (grouped.columns.some(({ name }) => name === value.column)) {
        await connection.run(`UPDATE with_next SET ${quoteIdentifier(value.column)} = ${value.of(prediction)}::DOUBLE
          WHERE ${rowNumber} = ${number}`);
      }
    }
    return predicted;
  } finally {
    session.close();
  }
}

/** The column before the steps that the target stands for, and its value for one of the target. */
function learnedValue(target: string, steps: readonly EnrichmentStep[]) {
  let column = target;
  let logarithms = 0;
  for (const step of steps.toReversed()) {
    if (step.kind !== 'log1p' || (step.as ?? step.column) !== column) continue;
    column = step.column;
    logarithms++;
  }
  return {
    column,
    of: (prediction: number): number => {
      let value = prediction;
      for (let done = 0; done < logarithms; done++) value = Math.expm1(value);
      return value;
    },
  };
}
