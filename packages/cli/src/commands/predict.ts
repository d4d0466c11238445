import { createReadStream } from 'node:fs';
import type { Explanation, ModelVersion } from '@bellwether/contracts';
import type { Command } from 'commander';
import type { Client } from '../client/client.ts';
import type { ColumnPlan } from '../csv/plan-columns.ts';
import { CommandFailure, codeOf } from '../failure.ts';
import { fileUnreadable } from '../file-unreadable.ts';
import { openOutputFile } from '../prediction/output-file.ts';
import { parseRow } from '../prediction/parse-row.ts';
import { predictDataset } from '../prediction/predict-dataset.ts';
import { type PredictedRows, predictFile } from '../prediction/predict-file.ts';
import { predictItem } from '../prediction/predict-item.ts';
import { predictItems } from '../prediction/predict-items.ts';
import { figure, plural } from '../terminal/figures.ts';
import { paintFor } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConnectedOptions, connectedOptions, printJson, withClient } from './connected.ts';
import { addExamples } from './examples.ts';
import { collect, coverage, wholeNumber } from './parse-options.ts';

interface PredictOptions extends ConnectedOptions {
  readonly row?: readonly string[];
  readonly file?: string;
  readonly dataset?: string;
  readonly item?: string;
  readonly periods?: number;
  readonly name?: string;
  readonly output?: string;
  readonly version?: number;
  readonly explain?: boolean;
  readonly interval?: number;
}

/** `bellwether predict`: rows, a file or a dataset in, predictions out. */
export function addPredict(program: Command, terminal: Terminal): void {
  const command = program
    .command('predict')
    .summary('predict rows, or every row of a CSV file or of a dataset')
    .description(
      'Predict by the champion of a model, or by a given version. Predictions of rows are printed one a line; those of a file become its last column; those of a dataset, and the next periods of all items, become another dataset, whose id is printed. With --interval, of a regression, the ends of the interval follow each prediction, as columns lower and upper in tables.',
    )
    .argument('<model>', 'name of the model')
    .option('--row <values>', "'5.1,3.5,1.4,0.2', '[5.1, 3.5]' or '{\"carat\": 1.2}'; may be repeated", collect)
    .option('--file <file>', 'CSV file with or without a header; - for standard input')
    .option('--dataset <id>', 'dataset on the server, of any size')
    .option('--item <item>', 'item, such as a product, for the period after the last complete one')
    .option('--periods <number>', 'how many periods of the item; without --item, of all items', wholeNumber(1, 52))
    .option('--name <name>', 'name of the dataset of predictions')
    .option('--output <file>', 'where the file with predictions goes; default: standard output')
    .option('--version <number>', 'version that predicts; default: the champion', wholeNumber(1, 1e9))
    .option('--interval <coverage>', 'say where each value lies with this probability, 0.5 to 0.99', coverage)
    .option('--explain', 'say what each input contributed to the prediction of a row');
  addExamples(connectedOptions(command), terminal, [
    'train samples/iris.npy --model iris',
    "predict iris --row '6.5,2.8,4.6,1.5'",
    'predict diamonds --file new.csv --interval 0.8',
  ]);
  command.action((model: string, options: PredictOptions) => runPredict(terminal, model, options));
}

async function runPredict(terminal: Terminal, model: string, options: PredictOptions): Promise<void> {
  const { row, file, dataset, item, periods } = options;
  checkUsage(options);
  const instances = row?.map(parseRow);
  await withClient(terminal, options, async (client, signal) => {
    if (item !== undefined) await predictItem(terminal, client, { model, item, periods, json: options.json }, signal);
    else if (dataset !== undefined)
      await predictDataset(terminal, client, { ...options, model, datasetId: dataset }, signal);
    else if (isOfAllItems(options)) await predictItems(terminal, client, { ...options, model }, signal);
    else if (instances !== undefined) await predictRows(terminal, client, model, instances, options, signal);
    else await predictToOutput(terminal, client, model, file ?? '', options, signal);
  });
}

const sourcesOf = ({ row, file, dataset, item }: PredictOptions) =>
  [row, file, dataset, item].filter((given) => given !== undefined).length;

const isOfAllItems = (options: PredictOptions): boolean => options.periods !== undefined && sourcesOf(options) === 0;

/** @throws CommandFailure `usage` for options that do not go together */
function checkUsage(options: PredictOptions): void {
  const { row, dataset, item, periods, explain, name, output, version, interval } = options;
  const ofAllItems = isOfAllItems(options);
  if (sourcesOf(options) !== 1 && !ofAllItems) {
    throw new CommandFailure('usage', 'Give one of --row, --file, --dataset and --item, or --periods for all items.', {
      exitCode: 2,
    });
  }
  const ofItems = item !== undefined || ofAllItems;
  if (!ofItems && periods !== undefined) {
    throw new CommandFailure('usage', 'Only items have --periods.', { exitCode: 2 });
  }
  if (ofItems && (version !== undefined || output !== undefined || interval !== undefined)) {
    throw new CommandFailure('usage', 'Items are predicted by the champion, on standard output, without --interval.', {
      exitCode: 2,
    });
  }
  if (row === undefined && explain) {
    throw new CommandFailure('usage', 'Only predictions of a --row are explained.', { exitCode: 2 });
  }
  if (dataset === undefined && !ofAllItems && name !== undefined) {
    throw new CommandFailure('usage', 'Only predictions that become a dataset have a --name.', { exitCode: 2 });
  }
  if (dataset !== undefined && output !== undefined) {
    throw new CommandFailure('usage', 'The predictions of a dataset are a dataset: leave --output out.', {
      exitCode: 2,
    });
  }
}

async function predictRows(
  terminal: Terminal,
  client: Client,
  model: string,
  instances: readonly ReturnType<typeof parseRow>[],
  { version, explain, interval, json }: PredictOptions,
  signal: AbortSignal,
): Promise<void> {
  const body = {
    instances: [...instances],
    ...(version === undefined ? {} : { version }),
    ...(explain === undefined ? {} : { explain }),
    ...(interval === undefined ? {} : { interval }),
  };
  const answer = await client.call('predict', { params: { name: model }, body }, signal);
  if (json) return printJson(terminal, answer);
  for (const [index, prediction] of answer.predictions.entries()) {
    const ends = answer.intervals?.[index];
    const within = ends === undefined ? '' : `  ${ends.lower} to ${ends.upper}`;
    terminal.out.write(`${printable(String(prediction))}${within}\n`);
  }
  const paint = paintFor(terminal.err, terminal.env);
  terminal.err.write(`${paint('dim', `${answer.model} version ${answer.version}, ${answer.task}`)}\n`);
  for (const own of answer.probabilities ?? []) {
    const shares = own.map((share, index) => `${answer.labels?.[index]}: ${figure(share)}`).join(', ');
    terminal.err.write(`${paint('dim', printable(`probabilities ${shares}`))}\n`);
  }
  for (const explanation of answer.explanations ?? []) terminal.err.write(`${explanationLines(explanation)}\n`);
}

/** What speaks most for the prediction, or against it, first. */
function explanationLines({ label, baseValue, contributions }: Explanation): string {
  const about = label === undefined ? 'base value' : `for ${label}: base value`;
  const parts = Object.entries(contributions)
    .toSorted(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .map(([column, value]) => `${column} ${value < 0 ? '' : '+'}${figure(value)}`);
  return printable(`${about} ${figure(baseValue)}, ${parts.join(', ')}`);
}

async function predictToOutput(
  terminal: Terminal,
  client: Client,
  model: string,
  file: string,
  options: PredictOptions,
  signal: AbortSignal,
): Promise<void> {
  const version = await versionOf(client, model, options.version, signal);
  const progress = createProgress(terminal.err, terminal.env, options.json);
  const sink = await openSink(terminal, version, options, progress);
  const name = file === '-' ? 'standard input' : file;
  const bytes = file === '-' ? terminal.input() : fileBytes(file);
  const onColumns = ({ unused }: ColumnPlan) => {
    if (unused.length > 0) progress.line(printable(`Not inputs of ${model}, left out: ${unused.join(', ')}.`));
  };
  try {
    for await (const rows of predictFile(
      client,
      { name, bytes, version, interval: options.interval },
      onColumns,
      signal,
    ))
      await sink.add(rows);
    await sink.finish();
  } finally {
    progress.clear();
    await sink.discard();
  }
}

/** Where a predicted file goes. */
interface Sink {
  add(rows: PredictedRows): Promise<void>;
  finish(): Promise<void>;
  /** Leaves nothing half-written. */
  discard(): Promise<void>;
}

async function openSink(
  terminal: Terminal,
  { model, version }: ModelVersion,
  { json, output }: PredictOptions,
  progress: Progress,
): Promise<Sink> {
  if (output === undefined) {
    return {
      add: async (rows) => terminal.out.write(json ? jsonLines(rows) : csvLines(rows)),
      finish: async () => undefined,
      discard: async () => undefined,
    };
  }
  const file = await openOutputFile(output).catch((error: unknown) => {
    throw new CommandFailure('output-unwritable', `${output} cannot be written (${codeOf(error)}).`);
  });
  let count = 0;
  return {
    async add(rows) {
      await file.write(csvLines(rows));
      count += rows.lines.length;
      progress.show(`${plural(count, 'row')} predicted`);
    },
    async finish() {
      await file.commit();
      progress.clear();
      if (json) printJson(terminal, { model, version, rows: count, output });
      else progress.line(`${plural(count, 'row')} predicted by ${model} version ${version}: ${output}`);
    },
    discard: () => file.discard(),
  };
}

const csvLines = ({ header = '', lines }: PredictedRows): string => header + lines.join('');

const jsonLines = ({ predictions, intervals }: PredictedRows): string =>
  predictions.map((prediction, index) => `${JSON.stringify({ prediction, ...intervals?.[index] })}\n`).join('');

/** The version that shall predict the whole file, with the columns that it takes. */
async function versionOf(
  client: Client,
  name: string,
  asked: number | undefined,
  signal: AbortSignal,
): Promise<ModelVersion> {
  const version = asked ?? (await client.call('getModel', { params: { name } }, signal)).champion;
  if (version === undefined) {
    throw new CommandFailure('model-not-trained', `Model ${name} has no champion yet.`, {
      cure: 'Train it first, or name a version with --version.',
    });
  }
  return await client.call('getVersion', { params: { name, version } }, signal);
}

async function* fileBytes(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file);
  } catch (error) {
    throw fileUnreadable(file, error);
  }
}
