import {
  Backend,
  DatasetFormat,
  type ForecastJobProgress,
  type ForecastRequest,
  type forecastOperations,
  type Job,
} from '@bellwether/contracts';
import { type Command, Option } from 'commander';
import type { z } from 'zod';
import type { Client } from '../client/client.ts';
import { completeJob } from '../client/complete-job.ts';
import { openDestination } from '../destination/open-destination.ts';
import { CommandFailure } from '../failure.ts';
import { askedPredictors } from '../forecasting/asked-predictors.ts';
import { type ForecastMade, type WrittenForecast, writeForecast } from '../forecasting/forecast-outputs.ts';
import { scoresTable } from '../forecasting/scores-table.ts';
import { stampStyle } from '../forecasting/stamp-style.ts';
import { stepDurations, stepLabel } from '../forecasting/step-label.ts';
import { count, plural } from '../terminal/figures.ts';
import { paintFor } from '../terminal/paint.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { checkReady, uploadAndValidate } from '../training/dataset-steps.ts';
import { type ConnectedOptions, connectedOptions, printJson, withClient } from './connected.ts';
import { addExamples } from './examples.ts';
import { names, quantileList, wholeNumber } from './parse-options.ts';
import { nameOf } from './train.ts';

interface ForecastOptions extends ConnectedOptions {
  readonly horizon: number;
  readonly dataset?: string;
  readonly name?: string;
  readonly item?: string;
  readonly time?: string;
  readonly target?: string;
  readonly known?: string[];
  readonly future?: string;
  readonly frequency?: string;
  readonly timeZone?: string;
  readonly negatives?: 'keep' | 'forward' | 'zero';
  readonly quantiles?: number[];
  readonly windows?: number;
  readonly predictors?: string[];
  readonly search?: boolean;
  readonly model?: string;
  readonly seed?: number;
  readonly backend?: ForecastRequest['backend'];
  readonly format?: DatasetFormat;
  readonly out: string;
}

/** `bellwether forecast`: a table of series in, forecasts with quantiles, backtests and a chart out. */
export function addForecast(program: Command, terminal: Terminal): void {
  const command = program
    .command('forecast')
    .summary('forecast the series of a table, with quantiles and backtests')
    .description(
      'Upload a table of one or many series, try several predictors on the end of each, and forecast with their best mixture: forecasts.csv, backtests.csv and forecasts.svg.',
    )
    .argument('[file]', 'the table; leave it out with --dataset')
    .requiredOption('--horizon <periods>', 'periods to forecast', wholeNumber(1, 2000))
    .option('--item <column>', 'column that tells series apart; default: the table is one series')
    .option('--time <column>', 'column of the time; default: the one column of dates')
    .option('--target <column>', 'column to forecast; default: the last one of numbers')
    .option('--known <columns>', 'columns that are known ahead, such as price,promotion', names)
    .option('--future <file>', 'table with future values of these columns; or rows of the table without a target')
    .option('--frequency <frequency>', 'D, W, M, H, 15min, …; default: as the stamps say')
    .option('--time-zone <zone>', 'by whose calendar days and longer periods are counted; default: UTC')
    .addOption(
      new Option('--negatives <rule>', 'keep them (default), take the value before, or 0').choices([
        'keep',
        'forward',
        'zero',
      ]),
    )
    .option('--quantiles <levels>', 'default: 0.1,0.5,0.9', quantileList)
    .option('--windows <number>', 'backtest windows; default: 2', wholeNumber(1, 5))
    .option('--predictors <names>', 'such as ets,theta,boosted-trees; default: all that suit the data', names)
    .option('--search', 'search for hyperparameters of the predictors that have some')
    .option('--model <name>', 'name of the forecaster; default: the name of the file')
    .option('--name <name>', 'name of the dataset; default: the name of the file')
    .option('--dataset <id>', 'forecast a dataset that was uploaded before')
    .option('--seed <number>', 'default: 0', wholeNumber(0, 0xffff_ffff))
    .addOption(
      new Option('--backend <backend>', 'where the forecaster is trained; default: local').choices(Backend.options),
    )
    .addOption(new Option('--format <format>', 'default: detected from the content').choices(DatasetFormat.options))
    .option('--out <place>', 'folder or s3:// address for the files', 'forecasts');
  addExamples(connectedOptions(command), terminal, [
    'forecast sales.csv --horizon 12 --item unique_id --time ds --target y --out forecasts',
    'forecast sales.csv --horizon 14 --item shop --time day --target sales --known price,promotion --future plans.csv --quantiles 0.05,0.5,0.95',
  ]);
  command.action((file: string | undefined, options: ForecastOptions) => runForecast(terminal, file, options));
}

async function runForecast(terminal: Terminal, file: string | undefined, options: ForecastOptions): Promise<void> {
  if ((file === undefined) === (options.dataset === undefined)) {
    throw new CommandFailure('usage', 'Give either a file or --dataset.', { exitCode: 2 });
  }
  const destination = await openDestination(options.out, terminal.env);
  const progress = createProgress(terminal.err, terminal.env, options.json);
  await withClient(terminal, options, async (client, signal) => {
    const body = await requestFor(client, file, options, progress, signal);
    const { id, ...request } = body;
    const { job } = await client.call('createForecast', { params: { id }, body: request }, signal);
    sayNotes(job, new Set(), progress);
    const ended = await completeJob(client, job, stepLabel, progress, signal);
    sayNotes(ended, new Set(progressOf(job).notes), progress);
    progress.line(`  ${stepDurations(ended)}`);
    progress.show('writing files');
    const written = await writeForecast(client, await madeBy(client, ended, file, signal), destination, signal);
    progress.clear();
    if (options.json) return printJson(terminal, { job: ended, ...written });
    terminal.out.write(scoresTable(progressOf(ended).models ?? {}, paintFor(terminal.out, terminal.env)));
    for (const line of outputLines(written)) terminal.out.write(`${line}\n`);
  });
}

const progressOf = (job: Job) => job.result as unknown as ForecastJobProgress;

function sayNotes(job: Job, said: ReadonlySet<string>, progress: Progress): void {
  for (const note of progressOf(job).notes) if (!said.has(note)) progress.line(`  ${note}`);
}

type Body = z.input<typeof forecastOperations.createForecast.body>;

/** The request for a forecast of the file, which is uploaded before, with the table of the future. */
async function requestFor(
  client: Client,
  file: string | undefined,
  options: ForecastOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<Body & { readonly id: string }> {
  const { item, time, target, future, dataset, name, format } = options;
  // What is known to be a time is read with more patience, and ids stay as they are written; the other columns are the
  // forecast's to find.
  const roles = {
    ...(time !== undefined && { timestamp: time }),
    ...(item !== undefined && item !== time && { item }),
  };
  const upload = async (path: string, as: string) =>
    (await uploadAndValidate(client, { file: path, name: as, format, roles }, progress, signal)).id;
  const id =
    file === undefined ? await readyDataset(client, dataset ?? '', signal) : await upload(file, name ?? nameOf(file));
  const futureId = future === undefined ? undefined : await upload(future, nameOf(future));
  const { horizon, known, frequency, timeZone, negatives, quantiles, windows, model, seed, backend } = options;
  const predictors = askedPredictors(options.predictors, options.search);
  const columns = { item, time, target, known, futureId };
  const settings = { frequency, timeZone, negatives, quantiles, windows, predictors, model, seed, backend };
  return { id, horizon, ...columns, ...settings };
}

async function readyDataset(client: Client, id: string, signal: AbortSignal): Promise<string> {
  checkReady(await client.call('getDataset', { params: { id } }, signal));
  return id;
}

/** How the tables of a job are to be read, and how to write them so that they go on from the file. */
async function madeBy(client: Client, job: Job, file: string | undefined, signal: AbortSignal): Promise<ForecastMade> {
  const { datasets } = progressOf(job);
  if (datasets === undefined) throw new CommandFailure('forecasts-gone', `Job ${job.id} has left no forecasts.`);
  const { item, time, target, quantiles } = job.request as unknown as ForecastRequest;
  const dataset = await client.call('getDataset', { params: { id: job.datasetId ?? '' } }, signal);
  return {
    dataset,
    datasets,
    columns: { ...(item && { item }), time: time ?? '', target: target ?? '' },
    quantiles: quantiles.toSorted((a, b) => a - b),
    style: await stampStyle(client, job, { file, time: time ?? '' }, signal),
  };
}

const outputLines = ({ items, forecasts, backtests, chart }: WrittenForecast): string[] => [
  `forecasts: ${plural(forecasts.rows, 'row')} of ${count(items)} series in ${forecasts.place}`,
  backtests.rows === 0
    ? 'backtests: none, since the histories are too short'
    : `backtests: ${plural(backtests.rows, 'row')} in ${backtests.place}`,
  `chart: ${chart}`,
];
