import { type Dataset, DatasetFormat, type EnrichmentRequest, Period } from '@bellwether/contracts';
import { type Command, Option } from 'commander';
import type { z } from 'zod';
import type { Client } from '../client/client.ts';
import { completeJob } from '../client/complete-job.ts';
import { openDestination } from '../destination/open-destination.ts';
import { readSteps, type StepOptions, stepsOf } from '../enrichment/enrichment-steps.ts';
import { type FetchedOutput, fetchOutputs } from '../enrichment/fetch-outputs.ts';
import { CommandFailure } from '../failure.ts';
import { plural } from '../terminal/figures.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { checkReady, uploadAndValidate } from '../training/dataset-steps.ts';
import { type ConnectedOptions, connectedOptions, printJson, withClient } from './connected.ts';
import { addExamples } from './examples.ts';
import { names, share, wholeNumber, wholeNumbers } from './parse-options.ts';
import { nameOf } from './train.ts';

interface Note {
  readonly message: string;
  readonly rows?: number;
}

interface EnrichOptions extends ConnectedOptions, StepOptions {
  readonly name?: string;
  readonly dataset?: string;
  readonly date?: string;
  readonly item?: string;
  readonly format?: DatasetFormat;
  readonly steps?: string;
  readonly split?: number;
  readonly shuffle?: boolean;
  readonly group?: string;
  readonly seed?: number;
  readonly out?: string;
}

/** `bellwether enrich`: a table in, features that never look ahead out. */
export function addEnrich(program: Command, terminal: Terminal): void {
  const command = program
    .command('enrich')
    .summary('add series, lags and the calendar to a table; split it')
    .description(
      'Upload a table and derive others from it: with macro-economic series as they were known, aggregated by period, with past values as features, split into train, test and the real values of the test.',
    )
    .argument('[file]', 'the table; leave it out with --dataset')
    .option('--dataset <id>', 'a dataset that was uploaded before')
    .option('--name <name>', 'name of the outputs; default: the name of the file')
    .option('--date <column>', 'column of the time')
    .option('--item <column>', 'column that names a series: product, shop')
    .option('--target <column>', 'column to predict')
    .addOption(new Option('--format <format>', 'default: detected from the content').choices(DatasetFormat.options))
    .option('--start <day>', 'leave out what is older')
    .option('--end <day>', 'leave out what is newer')
    .option('--series <ids>', 'series of FRED, such as UNRATE,CPIAUCSL', names)
    .option('--release', 'take of each series only what was published by the row’s date')
    .addOption(new Option('--period <period>', 'one row an item and period').choices(Period.options))
    .option('--values <columns>', 'what is summed by period; default: the target', names)
    .option('--lags <number>', 'values and differences of the last n rows or periods', wholeNumber(1, 400))
    .option('--rolling <windows>', 'means of the last rows or periods, such as 4,13', wholeNumbers)
    .option('--calendar', 'weekday and month')
    .option('--holidays <country>', 'public holidays as well: US, DE-BY')
    .option('--steps <file>', 'JSON of steps instead, as the API takes them')
    .option('--split <fraction>', 'share of the test rows, such as 0.2', share)
    .option('--shuffle', 'test rows at random, though there is a column of the time')
    .option('--group <column>', 'all rows of one value of this column on the same side of the split')
    .option('--seed <number>', 'of the shuffle; default: 0', wholeNumber(0, 0xffff_ffff))
    .option('--out <place>', 'folder or s3:// address for the outputs, as Parquet');
  addExamples(connectedOptions(command), terminal, [
    'enrich sales.csv --date OrderDate --series UNRATE,CPIAUCSL --split 0.2 --out enriched',
    'enrich orders.csv --date day --item product --target quantity --period week --lags 4 --out weekly',
  ]);
  command.action((file: string | undefined, options: EnrichOptions) => runEnrich(terminal, file, options));
}

async function runEnrich(terminal: Terminal, file: string | undefined, options: EnrichOptions): Promise<void> {
  if ((file === undefined) === (options.dataset === undefined)) {
    throw new CommandFailure('usage', 'Give either a file or --dataset.', { exitCode: 2 });
  }
  if (options.group !== undefined && (options.split === undefined || options.shuffle)) {
    throw new CommandFailure('usage', 'A --group goes with --split, and without --shuffle.', { exitCode: 2 });
  }
  const steps = options.steps === undefined ? stepsOf(options) : await readSteps(options.steps);
  const destination = options.out === undefined ? undefined : await openDestination(options.out, terminal.env);
  const progress = createProgress(terminal.err, terminal.env, options.json);
  await withClient(terminal, options, async (client, signal) => {
    const dataset = await datasetFor(client, file, options, progress, signal);
    const { job } = await client.call(
      'createEnrichment',
      { params: { id: dataset.id }, body: requestOf(steps, options) },
      signal,
    );
    const ended = await completeJob(client, job, 'enriching', progress, signal);
    const result = ended.result as { datasets: Record<string, string>; notes?: Note[] };
    const outputs = await fetchOutputs(client, result.datasets, destination, signal);
    if (options.json) return printJson(terminal, { dataset, job: ended, outputs });
    for (const note of result.notes ?? []) progress.line(`  ${noteLine(note)}`);
    for (const output of outputs) terminal.out.write(`${outputLine(output)}\n`);
  });
}

function requestOf(
  steps: z.input<typeof EnrichmentRequest>['steps'],
  { split, shuffle, group, seed, target, name }: EnrichOptions,
): z.input<typeof EnrichmentRequest> {
  const chosen = {
    ...(target && { target }),
    ...(shuffle && { by: 'shuffle' as const }),
    ...(group && { by: 'group' as const, column: group }),
    ...(seed === undefined ? {} : { seed }),
  };
  return { steps, ...(name && { name }), ...(split && { split: { testFraction: split, ...chosen } }) };
}

const noteLine = ({ message, rows }: Note): string =>
  rows === undefined ? message : `${message} (${plural(rows, 'row')})`;

const outputLine = ({ part, dataset, rows, place }: FetchedOutput): string =>
  `${part}: ${plural(rows, 'row')} (dataset ${dataset})${place === undefined ? '' : ` in ${place}`}`;

async function datasetFor(
  client: Client,
  file: string | undefined,
  { dataset: id = '', date, item, target, name, format }: EnrichOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<Dataset> {
  if (file === undefined) {
    const dataset = await client.call('getDataset', { params: { id } }, signal);
    checkReady(dataset);
    return dataset;
  }
  const roles = { ...(date && { timestamp: date }), ...(item && { item }), ...(target && { target }) };
  return await uploadAndValidate(client, { file, name: name ?? nameOf(file), format, roles }, progress, signal);
}
