import type { Column, EnrichmentStep } from '@bellwether/contracts';
import type { DuckDBConnection } from '@duckdb/node-api';
import { queryRow } from '../../duckdb/measure-columns.ts';
import { parquet } from '../../duckdb/parquet-file.ts';
import { quoteIdentifier, quoteLiteral } from '../../duckdb/quote.ts';
import { openSession } from '../../duckdb/session.ts';
import { jsonValue } from '../../read/json-value.ts';
import type { Row } from '../../read/read-rows.ts';
import { columnList } from '../derive-table.ts';
import { type EvaluatedSteps, evaluateSteps } from '../evaluate-steps.ts';
import { itemName, rowNumber } from '../reserved-names.ts';
import type { StepTable } from '../step-table.ts';
import { itemNameOf, nextRows, type PeriodicSteps, periodicSteps } from './next-periods.ts';

export interface PeriodsToPredict {
  /** what is known of the items, as `deriveNextPeriod` wrote it */
  readonly history: string;
  /** its name; all items if not said */
  readonly item?: string;
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
  /** predicts from the features of one period of some 2,000 items at most, in their order */
  readonly predict: (features: readonly Row[]) => readonly number[];
  /** a folder for what does not fit into memory; without one all must */
  readonly spill?: string;
  /** for DuckDB, in bytes */
  readonly memoryBytes?: number;
  readonly signal?: AbortSignal;
  /** from 0 to 1 */
  readonly onProgress?: (share: number) => void;
}

export interface PredictedPeriod {
  readonly item: string;
  /** first day, in milliseconds since the epoch */
  readonly periodStart: number;
  readonly prediction: number;
}

/** Enough for an item; all items of a table are given more. */
const usualMemoryBytes = 128 * 2 ** 20;

/**
 * Predicts several periods of items, each from those before it: a prediction stands for the value of its period when
 * the next one's features are computed (recursive multi-step forecasting). All items go a period forward together, by
 * one evaluation of the steps.
 *
 * @returns some items at a time, in their order, the periods of each one after the other
 * @throws RangeError when the steps leave no row of each item and period; the signal's reason when aborted
 */
export async function* predictPeriods(request: PeriodsToPredict): AsyncGenerator<PredictedPeriod[]> {
  const { history, files, others, periods, spill, signal } = request;
  const parted = periodicSteps(request.steps, request.table, (id) => others[id]);
  if (parted === undefined) throw new RangeError('the steps leave no row of each item and period');
  const { grouped, features: steps } = parted;
  const value = learnedValue(request.target, steps);
  const session = await openSession({
    paths: [history, ...Object.values(files)],
    ...(spill === undefined ? {} : { folder: spill }),
    memoryBytes: request.memoryBytes ?? usualMemoryBytes,
    threads: 1,
  });
  const { connection } = session;
  try {
    const first = await writeRows(connection, parted, value.column, request);
    const given = { connection, from: 'with_next', table: grouped, steps, files, others, note: () => undefined };
    const evaluated = await evaluateSteps(given);
    const feedsBack = grouped.columns.some(({ name }) => name === value.column);
    for (let period = 0; period < periods; period++) {
      signal?.throwIfAborted();
      const number = `${rowNumber} - ${first}`;
      const ofPeriod = `${number} >= 0 AND (${number}) % ${periods} = ${period}`;
      const predicted = await predictRows(connection, evaluated, ofPeriod, request);
      await keepPredictions(connection, predicted, value.of);
      if (feedsBack && period + 1 < periods) {
        // of no number nothing follows: steps refuse all rows for the sake of one NaN
        const known = 'CASE WHEN isfinite(p.value) THEN p.value END';
        await connection.run(`UPDATE next_rows SET ${quoteIdentifier(value.column)} = ${known} FROM predicted AS p
          WHERE ${rowNumber} = p.number AND (${ofPeriod})`);
      }
      request.onProgress?.((period + 1) / periods);
    }
    yield* readPredictions(connection, parted);
  } finally {
    session.close();
  }
}

/**
 * Makes the tables `known` and `next_rows` and, of both, `with_next`.
 * @returns the number of the first of `next_rows`; those of an item follow one another
 */
async function writeRows(
  connection: DuckDBConnection,
  parted: PeriodicSteps,
  learned: string,
  { history, item, periods, periodStart }: PeriodsToPredict,
): Promise<number> {
  const asDouble = parted.grouped.columns
    .map(({ name }) => quoteIdentifier(name))
    // a prediction is no whole number, and steps compute with doubles anyway
    .map((name) => (name === quoteIdentifier(learned) ? `CAST(${name} AS DOUBLE) AS ${name}` : name));
  const wanted = item === undefined ? '' : `WHERE ${itemName} = ${quoteLiteral(item)}`;
  // the history is written by item and date
  await connection.run(`CREATE TABLE known AS
    SELECT row_number() OVER () AS ${rowNumber}, ${asDouble.join(', ')} FROM ${parquet(history)} ${wanted}`);
  const next = nextRows(parted, {
    items: 'known',
    afterRow: `(SELECT max(${rowNumber}) FROM known)`,
    periods,
    first: `epoch_ms(CAST(${periodStart} AS BIGINT))`,
  });
  await connection.run(`CREATE TABLE next_rows AS (FROM known LIMIT 0) UNION ALL BY NAME (${next})`);
  await connection.run('CREATE TEMP VIEW with_next AS FROM known UNION ALL FROM next_rows');
  await connection.run('CREATE TABLE predicted (number BIGINT, prediction DOUBLE, value DOUBLE)');
  const [first] = await queryRow(connection, `SELECT min(${rowNumber}) FROM next_rows`);
  return Number(first ?? 0);
}

interface PredictedRows {
  readonly numbers: readonly bigint[];
  readonly predictions: readonly number[];
}

async function predictRows(
  connection: DuckDBConnection,
  { relation, table }: EvaluatedSteps,
  condition: string,
  { predict, signal }: PeriodsToPredict,
): Promise<PredictedRows> {
  const names = table.columns.map(({ name }) => name);
  const numbers: bigint[] = [];
  const predictions: number[] = [];
  const result = await connection.stream(
    `SELECT ${rowNumber}, ${columnList(table)} FROM ${relation} WHERE ${condition}`,
  );
  for await (const chunk of result) {
    signal?.throwIfAborted();
    const features: Row[] = [];
    for (const [number, ...values] of chunk.getRows()) {
      numbers.push(BigInt(number as bigint | number));
      features.push(Object.fromEntries(names.map((name, place) => [name, jsonValue(values[place] ?? null)])));
    }
    // a loop: a spread of some thousand arguments is deep on the stack
    for (const prediction of features.length === 0 ? [] : predict(features)) predictions.push(prediction);
  }
  return { numbers, predictions };
}

async function keepPredictions(
  connection: DuckDBConnection,
  { numbers, predictions }: PredictedRows,
  learnedOf: (prediction: number) => number,
): Promise<void> {
  const appender = await connection.createAppender('predicted');
  for (const [place, number] of numbers.entries()) {
    const prediction = predictions[place] ?? Number.NaN;
    appender.appendBigInt(number);
    appender.appendDouble(prediction);
    appender.appendDouble(learnedOf(prediction));
    appender.endRow();
  }
  appender.closeSync();
}

async function* readPredictions(
  connection: DuckDBConnection,
  { aggregation, grouped }: PeriodicSteps,
): AsyncGenerator<PredictedPeriod[]> {
  const { item, date } = aggregation;
  const kind = grouped.columns.find(({ name }) => name === item)?.kind ?? 'text';
  const result = await connection.stream(`SELECT ${itemNameOf(item, kind)},
      CAST(epoch_ms(${quoteIdentifier(date)}) AS DOUBLE), p.prediction
    FROM next_rows JOIN predicted AS p ON ${rowNumber} = p.number ORDER BY ${rowNumber}`);
  for await (const chunk of result) {
    yield chunk.getRows().map(([name, periodStart, prediction]) => ({
      item: String(name),
      periodStart: Number(periodStart),
      prediction: Number(prediction),
    }));
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
