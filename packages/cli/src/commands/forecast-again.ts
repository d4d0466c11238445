import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { forecastOperations } from '@bellwether/contracts';
import type { Command } from 'commander';
import type { z } from 'zod';
import type { Client } from '../client/client.ts';
import { CommandFailure } from '../failure.ts';
import { trainedColumns, uploadAs } from '../forecasting/trained-columns.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConnectedOptions, connectedOptions, printJson, withClient } from './connected.ts';
import { addExamples } from './examples.ts';
import { collect, wholeNumber } from './parse-options.ts';

interface AgainOptions extends ConnectedOptions {
  readonly item?: readonly string[];
  readonly version?: number;
  readonly history?: string;
  readonly dataset?: string;
  readonly future?: string;
  readonly output?: string;
}

/** `bellwether forecast-again`: forecasts of a forecaster that is trained, at once. */
export function addForecastAgain(program: Command, terminal: Terminal): void {
  const command = program
    .command('forecast-again')
    .summary('forecast by a forecaster that is trained: with newer history, or what if')
    .description(
      'Forecast at once by what `forecast` has trained: the same again, some series only, with newer history, or with other future values of the columns that are known ahead. The answer is a table in CSV, or in Parquet where the output is called so.',
    )
    .argument('<model>', 'name of the forecaster; `forecast` calls it as the dataset')
    .option('--item <item>', 'series to forecast; may be repeated; default: all, where they are few', collect)
    .option('--history <file>', 'table with the history up to now, as a whole, in the columns that it was trained on')
    .option('--dataset <id>', 'the same as a dataset that was uploaded before')
    .option('--future <file>', 'what if: table with other values of known columns, for the periods that it names')
    .option('--version <number>', 'version of the forecaster; default: the newest', wholeNumber(1, 1e9))
    .option('--output <file>', 'where the table goes: .csv or .parquet; default: CSV on standard output');
  addExamples(connectedOptions(command), terminal, [
    'forecast-again sales --item shop-1',
    'forecast-again sales --history sales-until-today.csv --output forecasts.parquet',
    'forecast-again sales --item shop-1 --item shop-2 --future half-price.csv',
  ]);
  command.action((model: string, options: AgainOptions) => runAgain(terminal, model, options));
}

async function runAgain(terminal: Terminal, model: string, options: AgainOptions): Promise<void> {
  const { history, dataset, output, json = false } = options;
  if (history !== undefined && dataset !== undefined) {
    throw new CommandFailure('usage', 'Give either --history or --dataset.', { exitCode: 2 });
  }
  const progress = createProgress(terminal.err, terminal.env, json);
  await withClient(terminal, options, async (client, signal) => {
    const body = await requestFor(client, model, options, progress, signal);
    const given = { params: { name: model }, body };
    progress.show('forecasting');
    if (json && output === undefined) {
      const answer = await client.call('forecastAgain', given, signal);
      progress.clear();
      return printJson(terminal, answer);
    }
    const format = output?.endsWith('.parquet') ? ('parquet' as const) : ('csv' as const);
    const table = { params: given.params, body: { ...body, format } };
    if (output === undefined) {
      const text = await downloadedText(client, table, signal);
      progress.clear();
      return terminal.out.write(text);
    }
    await client.download('forecastAgain', table, output, signal);
    progress.clear();
    if (json) return printJson(terminal, { model, output });
    progress.line(`forecasts: ${output}`);
  });
}

type Body = z.input<typeof forecastOperations.forecastAgain.body>;

/** The request, with its tables uploaded. */
async function requestFor(
  client: Client,
  model: string,
  { item, version, history, dataset, future }: AgainOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<Body> {
  const columns =
    history === undefined && future === undefined ? undefined : await trainedColumns(client, model, version, signal);
  const upload = async (file: string | undefined) =>
    file === undefined || columns === undefined ? undefined : await uploadAs(client, file, columns, progress, signal);
  const datasetId = dataset ?? (await upload(history));
  const futureId = await upload(future);
  return {
    ...(item === undefined ? {} : { items: [...item] }),
    ...(version === undefined ? {} : { version }),
    ...(datasetId === undefined ? {} : { datasetId }),
    ...(futureId === undefined ? {} : { futureId }),
  };
}

async function downloadedText(
  client: Client,
  given: { readonly params: { readonly name: string }; readonly body: Body },
  signal: AbortSignal,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-forecast-'));
  try {
    const path = join(folder, 'forecasts.csv');
    await client.download('forecastAgain', given, path, signal);
    return await readFile(path, 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
