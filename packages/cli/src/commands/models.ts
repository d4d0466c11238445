import { MetricName } from '@bellwether/contracts';
import { type Command, Option } from 'commander';
import type { Client } from '../client/client.ts';
import { listFirst } from '../client/list-first.ts';
import { CommandFailure } from '../failure.ts';
import { changeVersion, readTags } from '../models/change-version.ts';
import { time } from '../terminal/figures.ts';
import { paintFor } from '../terminal/paint.ts';
import { table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { leaderboardTable } from '../training/leaderboard-table.ts';
import { type ConnectedOptions, connectedOptions, printJson, withClient } from './connected.ts';
import { addExamples } from './examples.ts';
import { collect, wholeNumber } from './parse-options.ts';

interface ModelsOptions extends ConnectedOptions {
  readonly promote?: number;
  readonly delete?: number;
  readonly keepLast?: number;
  readonly keepBest?: number;
  readonly tag?: readonly string[];
  readonly untag?: readonly string[];
  readonly onnx?: string;
  readonly version?: number;
  readonly sort?: MetricName;
  readonly limit: number;
}

/** `bellwether models`: all of them, or the leaderboard of one. */
export function addModels(program: Command, terminal: Terminal): void {
  const command = program
    .command('models')
    .summary('list models; show the leaderboard of one; promote, tag, export or delete a version')
    .argument('[name]', 'show the versions of this model')
    .option('--promote <version>', 'let this version answer predictions', wholeNumber(1, 1e9))
    .option('--delete <version>', 'delete this version and its artifact', wholeNumber(1, 1e9))
    .option('--keep-last <number>', 'from now on keep only so many of the newest versions', wholeNumber(1, 10_000))
    .option(
      '--keep-best <number>',
      'and so many of the best; champion and versions tagged keep stay',
      wholeNumber(1, 10_000),
    )
    .option('--tag <name=value>', 'tag a version; `default=items` makes the model the default of items', collect)
    .option('--untag <name>', 'remove a tag of a version', collect)
    .option('--onnx <file>', 'write a version as ONNX, for Triton and others')
    .option('--version <number>', 'of --tag, --untag and --onnx; default: the champion', wholeNumber(1, 1e9))
    .addOption(new Option('--sort <metric>', 'metric of the leaderboard').choices(MetricName.options))
    .option('--limit <number>', 'how many models to list', wholeNumber(1, 100_000), 100);
  addExamples(connectedOptions(command), terminal, [
    'models',
    'models weekly-orders --tag default=items',
    'models diamonds --onnx diamonds.onnx',
  ]);
  command.action((name: string | undefined, options: ModelsOptions) => runModels(terminal, name, options));
}

async function runModels(terminal: Terminal, name: string | undefined, options: ModelsOptions): Promise<void> {
  const { promote, delete: deleted, keepLast, keepBest, tag, untag, onnx, version } = options;
  const ofOne = [promote, deleted, keepLast, keepBest, tag, untag, onnx, version];
  if (name === undefined && ofOne.some((option) => option !== undefined)) {
    throw new CommandFailure('usage', 'Say of which model: give its name.', { exitCode: 2 });
  }
  const tags = readTags(tag, untag);
  await withClient(terminal, options, async (client, signal) => {
    if (name === undefined) return await printModels(terminal, client, options, signal);
    for (const line of await changeModel(client, name, options, signal)) {
      if (!options.json) terminal.err.write(`${line}\n`);
    }
    for (const line of await changeVersion(client, name, { tags, onnx, version }, signal)) {
      if (!options.json) terminal.err.write(`${line}\n`);
    }
    await printLeaderboard(terminal, client, name, options, signal);
  });
}

/** @returns what was done, one line each */
async function changeModel(
  client: Client,
  name: string,
  { promote, delete: deleted, keepLast, keepBest }: ModelsOptions,
  signal: AbortSignal,
): Promise<string[]> {
  const done: string[] = [];
  if (promote !== undefined) {
    await client.call('promoteChampion', { params: { name }, body: { version: promote } }, signal);
    done.push(`Version ${promote} of ${name} answers predictions now.`);
  }
  if (deleted !== undefined) {
    await client.call('deleteVersion', { params: { name, version: deleted } }, signal);
    done.push(`Version ${deleted} of ${name} is deleted.`);
  }
  if (keepLast !== undefined || keepBest !== undefined) {
    const body = { ...(keepLast && { keepLast }), ...(keepBest && { keepBest }) };
    await client.call('setRetention', { params: { name }, body }, signal);
    done.push(`Other versions of ${name} are deleted within minutes.`);
  }
  return done;
}

async function printModels(
  terminal: Terminal,
  client: Client,
  options: ModelsOptions,
  signal: AbortSignal,
): Promise<void> {
  const models = await listFirst(options.limit, async (query) => {
    const page = await client.call('listModels', { query }, signal);
    return { items: page.models, nextCursor: page.nextCursor };
  });
  if (options.json) return printJson(terminal, { models });
  const columns = [
    { head: 'name' },
    { head: 'task' },
    { head: 'champion', align: 'right' },
    { head: 'versions', align: 'right' },
    { head: 'updated' },
  ] as const;
  const rows = models.map((model) => [
    model.name,
    model.task ?? '',
    model.champion === undefined ? '–' : String(model.champion),
    String(model.versions),
    time(model.updatedAt),
  ]);
  terminal.out.write(table(columns, rows, paintFor(terminal.out, terminal.env)));
}

async function printLeaderboard(
  terminal: Terminal,
  client: Client,
  name: string,
  { json, sort }: ModelsOptions,
  signal: AbortSignal,
): Promise<void> {
  const model = await client.call('getModel', { params: { name } }, signal);
  const board = await client.call('listVersions', { params: { name }, query: { sort } }, signal);
  if (json) return printJson(terminal, { model, ...board });
  terminal.out.write(leaderboardTable(board.versions, board.sortedBy, paintFor(terminal.out, terminal.env)));
}
