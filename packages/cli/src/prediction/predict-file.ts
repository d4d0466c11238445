import type { Interval, ModelVersion } from '@bellwether/contracts';
import type { Client } from '../client/client.ts';
import { ServerRefusal } from '../client/server-refusal.ts';
import { encodeRecord } from '../csv/encode-record.ts';
import { type ColumnPlan, planColumns } from '../csv/plan-columns.ts';
import { type CsvRecord, readRecords } from '../csv/read-records.ts';
import { CommandFailure } from '../failure.ts';
import { batches } from './batches.ts';

type Prediction = string | number | boolean;

/** A file with its predictions, as it is written. */
export interface PredictedRows {
  /** absent where the file has no header */
  readonly header: string | undefined;
  readonly lines: readonly string[];
  readonly predictions: readonly Prediction[];
  /** when asked for, one a prediction */
  readonly intervals: readonly Interval[] | undefined;
}

export interface FileToPredict {
  /** for messages */
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** every batch goes to this version: the champion may change meanwhile */
  readonly version: ModelVersion;
  /** coverage of the intervals that shall follow the predictions */
  readonly interval?: number | undefined;
}

/**
 * Predicts a CSV file batch by batch, in constant memory, and adds the predictions as a last column, and after it the ends of
 * their intervals when they are asked for.
 *
 * @param onColumns called once, before the first batch
 * @throws CommandFailure, ServerRefusal with the row of the file
 */
export async function* predictFile(
  client: Client,
  { name, bytes, version, interval }: FileToPredict,
  onColumns: (plan: ColumnPlan) => void,
  signal: AbortSignal,
): AsyncGenerator<PredictedRows> {
  const { inputs } = version;
  const { delimiter, records } = await readRecords(bytes, [inputs.length, inputs.length + 1]);
  const iterator = records[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) throw new CommandFailure('file-empty', `${name} has no row.`);
  const plan = planColumns(first.value.values, version);
  onColumns(plan);

  const rows = withFirst(plan.header === undefined ? first.value : undefined, iterator);
  let header = plan.header && encodeRecord(withAdded(plan.header, interval !== undefined), delimiter);
  for await (const { start, items } of batches(rows, sizeOf)) {
    const body = {
      instances: items.map(({ values }) => plan.instance(values)),
      version: version.version,
      ...(interval === undefined ? {} : { interval }),
    };
    const { predictions, intervals } = await client
      .call('predict', { params: { name: version.model }, body }, signal)
      .catch((error: unknown) => {
        throw placed(error, name, start, items);
      });
    const lines = items.map(({ values }, index) => {
      const ends = intervals?.[index];
      return encodeRecord([...values, predictions[index], ...(ends ? [ends.lower, ends.upper] : [])], delimiter);
    });
    yield { header, lines, predictions, intervals };
    header = undefined;
  }
}

async function* withFirst(first: CsvRecord | undefined, rest: AsyncIterator<CsvRecord>): AsyncGenerator<CsvRecord> {
  if (first !== undefined) yield first;
  yield* { [Symbol.asyncIterator]: () => rest };
}

const sizeOf = ({ values }: CsvRecord) => values.reduce((sum, value) => sum + value.length + 3, 0);

/** The header with `prediction`, and the ends of the interval: numbered where the file has such columns already. */
function withAdded(header: readonly string[], hasIntervals: boolean): string[] {
  const names = [...header];
  for (const wanted of hasIntervals ? ['prediction', 'lower', 'upper'] : ['prediction']) {
    let name = wanted;
    for (let number = 2; names.includes(name); number++) name = `${wanted}_${number}`;
    names.push(name);
  }
  return names;
}

/** The server counts instances of a request; the person looks for a line of the file. */
function placed(error: unknown, name: string, start: number, items: readonly CsvRecord[]): unknown {
  if (!(error instanceof ServerRefusal)) return error;
  const index = Number(/^instances\[(\d+)\]/.exec(error.problem.field ?? '')?.[1] ?? Number.NaN);
  const record = items[index];
  if (record === undefined) return error;
  const place = `row ${start + index + 1}, line ${record.line} of ${name}`;
  return new ServerRefusal({ ...error.problem, detail: `${error.problem.detail} (${place})` });
}
