import { basename, extname } from 'node:path';
import {
  type Algorithm,
  Backend,
  type Dataset,
  DatasetFormat,
  MetricName,
  Name,
  Task,
  type TrainingRequest,
} from '@bellwether/contracts';
import { type Command, Option } from 'commander';
import type { Client } from '../client/client.ts';
import { ServerRefusal } from '../client/server-refusal.ts';
import { CommandFailure } from '../failure.ts';
import { paintFor } from '../terminal/paint.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { copyResults } from '../training/copy-results.ts';
import { checkReady, uploadAndValidate } from '../training/dataset-steps.ts';
import { exampleRow } from '../training/example-row.ts';
import { checkFeatures, deriveFeatures, type FeatureOptions, featureOptions } from '../training/feature-steps.ts';
import { leaderboardTable } from '../training/leaderboard-table.ts';
import { type DestinationOptions, destinationOptions, openDestinations } from '../training/training-destinations.ts';
import { championSentence, trainingResultOf } from '../training/training-result.ts';
import { type Trained, train } from '../training/training-steps.ts';
import { type ConnectedOptions, connectedOptions, printJson, withClient } from './connected.ts';
import { addExamples } from './examples.ts';
import { algorithmList, positiveNumber, wholeNumber } from './parse-options.ts';

interface TrainOptions extends ConnectedOptions, DestinationOptions, FeatureOptions {
  readonly target?: string;
  readonly model?: string;
  readonly name?: string;
  readonly dataset?: string;
  readonly task?: 'regression' | 'classification';
  readonly algorithms?: Algorithm[];
  readonly trials?: number;
  readonly minutes?: number;
  readonly folds?: number;
  readonly backend?: 'local' | 'sagemaker';
  readonly metric?: MetricName;
  readonly seed?: number;
  readonly timestamp?: string;
  readonly date?: string;
  readonly item?: string;
  readonly format?: DatasetFormat;
}

/** `bellwether train`: file in, leaderboard out. */
export function addTrain(program: Command, terminal: Terminal): void {
  const command = program
    .command('train')
    .summary('upload a table, train models on it, show which one is best')
    .description('Upload a table (CSV, .npy, Parquet), train models on it and show how good each is on held-out rows.')
    .argument('[file]', 'the table; leave it out with --dataset')
    .option('--target <column>', 'column to predict; default: the last one')
    .option('--model <name>', 'model to train; default: the name of the file')
    .option('--name <name>', 'name of the dataset; default: the name of the file')
    .option('--dataset <id>', 'train on a dataset that was uploaded before')
    .addOption(new Option('--task <task>', 'default: chosen from the target').choices(Task.options))
    .option('--algorithms <list>', 'such as baseline,linear,svm; default: one of each', algorithmList)
    .option(
      '--trials <number>',
      'attempts per algorithm, each with other hyperparameters; default: 1',
      wholeNumber(1, 1000),
    )
    .option('--minutes <number>', 'end with the best of what was found by then', positiveNumber)
    .option(
      '--folds <number>',
      'parts of the training rows by which attempts are compared; default: 3',
      wholeNumber(2, 20),
    )
    .addOption(new Option('--backend <backend>', 'where attempts run; default: as configured').choices(Backend.options))
    .addOption(new Option('--metric <metric>', 'default: accuracy or rmse').choices(MetricName.options))
    .option('--seed <number>', 'default: 0', wholeNumber(0, 0xffff_ffff))
    .option('--timestamp <column>', 'column of the time: the last rows are held out')
    .option('--date <column>', 'the same')
    .option('--item <column>', 'column that names a series')
    .addOption(new Option('--format <format>', 'default: detected from the content').choices(DatasetFormat.options));
  addExamples(connectedOptions(destinationOptions(featureOptions(command))), terminal, [
    'train samples/iris.npy --model iris',
    'train sales.csv --target price --algorithms linear,xgboost --trials 20 --champion-dest champion',
    'train orders.csv --target quantity --item product --date day --period week --lags 4 --model weekly-orders',
  ]);
  command.action((file: string | undefined, options: TrainOptions) => runTrain(terminal, file, options));
}

async function runTrain(terminal: Terminal, file: string | undefined, options: TrainOptions): Promise<void> {
  if ((file === undefined) === (options.dataset === undefined)) {
    throw new CommandFailure('usage', 'Give either a file or --dataset.', { exitCode: 2 });
  }
  checkFeatures(options);
  const progress = createProgress(terminal.err, terminal.env, options.json);
  const destinations = await openDestinations(options, terminal);
  await withClient(terminal, options, async (client, signal) => {
    const uploaded = await datasetFor(client, file, options, progress, signal);
    const model = options.model ?? (file === undefined ? uploaded.name : nameOf(file));
    const dataset = await deriveFeatures(client, uploaded, options, progress, signal);
    const trained = await train(client, model, trainingRequest(dataset.id, options), progress, signal).catch(
      (error: unknown) => {
        if (error instanceof ServerRefusal) progress.line(`The dataset stays: train it with --dataset ${dataset.id}.`);
        throw error;
      },
    );
    if (options.json) printJson(terminal, { dataset, ...trained });
    else await printTrained(terminal, client, dataset, model, trained);
    await copyResults(client, { dataset, model, trained }, destinations, (line) => progress.line(`  ${line}`), signal);
  });
}

async function datasetFor(
  client: Client,
  file: string | undefined,
  options: TrainOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<Dataset> {
  if (file === undefined) {
    const dataset = await client.call('getDataset', { params: { id: options.dataset ?? '' } }, signal);
    checkReady(dataset);
    return dataset;
  }
  const { date, timestamp = date, item, format } = options;
  // The target is no role here: a slip in its name then costs a question, not the upload.
  const roles = { ...(timestamp && { timestamp }), ...(item && { item }) };
  return await uploadAndValidate(client, { file, name: options.name ?? nameOf(file), format, roles }, progress, signal);
}

function trainingRequest(datasetId: string, options: TrainOptions): TrainingRequest {
  const { target, task, metric, seed, algorithms, trials, minutes, folds, backend } = options;
  return {
    datasetId,
    ...(target === undefined ? {} : { target }),
    ...(task && { task }),
    ...(metric && { metric }),
    ...(seed === undefined ? {} : { seed }),
    ...(algorithms && { candidates: algorithms.map((algorithm) => ({ algorithm })) }),
    ...(trials && { search: { trials } }),
    ...(minutes && { budget: { minutes } }),
    ...(folds && { validation: { folds } }),
    ...(backend && { backend }),
  };
}

/** The file's name without its ending, as a name may be: `2024 sales (1).csv` as `2024 sales _1_`. */
export function nameOf(file: string): string {
  const name = basename(file, extname(file))
    .replace(/[^A-Za-z0-9._ -]/g, '_')
    .replace(/^[^A-Za-z0-9_]/, '_');
  return Name.parse(name.slice(0, 100).trimEnd());
}

async function printTrained(
  terminal: Terminal,
  client: Client,
  dataset: Dataset,
  model: string,
  { job, versions, sortedBy }: Trained,
): Promise<void> {
  const paint = paintFor(terminal.out, terminal.env);
  const result = trainingResultOf(job);
  const target = versions[0]?.target ?? '';
  const { out } = terminal;
  if (result) out.write(`\n${model} predicts ${target} by ${result.task}: ${result.taskReason}.\n\n`);
  out.write(leaderboardTable(versions, sortedBy, paint));
  for (const { algorithm, error } of result?.failed ?? []) out.write(`${algorithm} failed: ${error}\n`);
  if (result) out.write(`\n${paint('green', championSentence(result))}\n`);
  if (versions[0]?.recipe?.period !== undefined && versions[0].recipe.item !== undefined) {
    out.write(
      `\nPredict the next ${versions[0].recipe.period} of an item with:\n  ${terminal.invocation} predict ${quoted(model)} --item <${versions[0].recipe.item}>\n`,
    );
    return;
  }
  const row = await exampleRow(client, dataset.id, target);
  if (row !== undefined)
    out.write(`\nPredict with:\n  ${terminal.invocation} predict ${quoted(model)} --row ${quoted(row)}\n`);
}

/** One word for a POSIX shell. */
function quoted(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
