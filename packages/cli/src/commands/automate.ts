import type { Automation, When } from '@bellwether/contracts';
import type { Command } from 'commander';
import { type AutomationOptions, automationRequest } from '../automation/automation-request.ts';
import type { Client } from '../client/client.ts';
import { listFirst } from '../client/list-first.ts';
import { CommandFailure } from '../failure.ts';
import { time } from '../terminal/figures.ts';
import { paintFor } from '../terminal/paint.ts';
import { facts, table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { featureOptions } from '../training/feature-steps.ts';
import { type ConnectedOptions, connectedOptions, printJson, withClient } from './connected.ts';
import { addExamples } from './examples.ts';
import { algorithmList, wholeNumber } from './parse-options.ts';

interface AutomateOptions extends ConnectedOptions, AutomationOptions {
  readonly list?: boolean;
  readonly remove?: string;
}

/** `bellwether automate`: train and predict by itself. */
export function addAutomate(program: Command, terminal: Terminal): void {
  const command = program
    .command('automate')
    .summary('train and predict by itself, on uploads, new rows or by the clock')
    .description(
      'Say once what is to be done with each new upload of a dataset, with each so many new rows of it, or by the clock. A server that runs does it; what its clock has missed is done once when it starts.',
    )
    .argument('[id]', 'show this automation and its last runs')
    .option('--list', 'list all')
    .option('--remove <id>', 'delete one; its runs stay')
    .option('--name <name>', 'what to call it')
    .option('--dataset <name>', 'name of the datasets that it is about')
    .option('--rows <number>', 'when it has so many rows more than at the last run', wholeNumber(1, 1_000_000_000))
    .option('--cron <pattern>', 'by the clock: minute, hour, day of the month, month, day of the week')
    .option('--time-zone <name>', 'of the pattern, such as Europe/Berlin; default: UTC')
    .option('--train <model>', 'train this model')
    .option('--target <column>', 'column to predict; default: the role, else the last one')
    .option('--item <column>', 'column that names a series')
    .option('--date <column>', 'column of the time')
    .option('--algorithms <list>', 'such as baseline,linear,svm; default: one of each', algorithmList)
    .option('--trials <number>', 'attempts per algorithm; default: 1', wholeNumber(1, 1000))
    .option('--predict <dataset>', 'then predict the newest dataset of this name')
    .option('--periods <number>', 'then predict so many next periods of each item', wholeNumber(1, 52))
    .option('--by <model>', 'model that predicts; default: the one that is trained')
    .option('--results <name>', 'name of the predictions')
    .option('--file <file>', 'JSON instead, as the API takes it');
  addExamples(connectedOptions(featureOptions(command)), terminal, [
    'automate --dataset sales --train prices --target price --predict new-sales',
    'automate --dataset orders --train weekly-orders --target quantity --item product --date day --period week --lags 4 --periods 3',
    'automate --dataset sales --cron "0 6 * * MON" --time-zone Europe/Berlin --train prices',
    'automate --list',
  ]);
  command.action((id: string | undefined, options: AutomateOptions) => runAutomate(terminal, id, options));
}

async function runAutomate(terminal: Terminal, id: string | undefined, options: AutomateOptions): Promise<void> {
  const { list, remove, json } = options;
  if ([id, list, remove].filter((given) => given !== undefined).length > 1) {
    throw new CommandFailure('usage', 'Give one of an id, --list and --remove.', { exitCode: 2 });
  }
  const isNew = id === undefined && !list && remove === undefined;
  const body = isNew ? await automationRequest(options) : undefined;
  await withClient(terminal, options, async (client, signal) => {
    if (body !== undefined) {
      const made = await client.call('createAutomation', { body }, signal);
      if (json) return printJson(terminal, made);
      terminal.out.write(`${made.id}\n`);
      terminal.err.write(`${sentenceOf(made)}\n`);
    } else if (remove !== undefined) {
      await client.call('deleteAutomation', { params: { id: remove } }, signal);
      if (!json) terminal.err.write(`Automation ${remove} is deleted; its runs stay.\n`);
    } else if (id !== undefined) {
      await printOne(terminal, client, id, json, signal);
    } else {
      await printAll(terminal, client, json, signal);
    }
  });
}

const most = 1000;

async function printAll(terminal: Terminal, client: Client, json: boolean | undefined, signal: AbortSignal) {
  const automations = await listFirst(most, async (query) => {
    const page = await client.call('listAutomations', { query }, signal);
    return { items: page.automations, nextCursor: page.nextCursor };
  });
  if (json) return printJson(terminal, { automations });
  const columns = ['id', 'name', 'when', 'then', 'next'].map((head) => ({ head }));
  const rows = automations.map((each) => [each.id, each.name ?? '', whenOf(each.when), thenOf(each), nextOf(each)]);
  terminal.out.write(table(columns, rows, paintFor(terminal.out, terminal.env)));
}

async function printOne(
  terminal: Terminal,
  client: Client,
  id: string,
  json: boolean | undefined,
  signal: AbortSignal,
) {
  const shown = await client.call('getAutomation', { params: { id } }, signal);
  if (json) return printJson(terminal, shown);
  const paint = paintFor(terminal.out, terminal.env);
  const about = facts(
    [
      ['id', shown.id],
      ['name', shown.name],
      ['when', whenOf(shown.when)],
      ['then', thenOf(shown)],
      ['next', nextOf(shown) || undefined],
    ],
    paint,
  );
  terminal.out.write(about);
  if (shown.runs.length === 0) return;
  const columns = ['run', 'upon', 'status', 'at'].map((head) => ({ head }));
  const rows = shown.runs.map(({ jobId, trigger, status, at }) => [jobId, trigger, status ?? '', time(at)]);
  terminal.out.write(`\n${table(columns, rows, paint)}`);
}

const sentenceOf = (automation: Automation): string =>
  `${thenOf(automation)}: ${whenOf(automation.when)}${automation.nextAt ? `, next at ${nextOf(automation)}` : ''}`;

function whenOf({ dataset, newRows, cron, timeZone = 'UTC' }: When): string {
  if (cron !== undefined) return `${cron} (${timeZone}), the newest upload of ${dataset}`;
  if (newRows !== undefined) return `each ${newRows} new rows of ${dataset}`;
  return `each upload of ${dataset}`;
}

const thenOf = ({ then }: Pick<Automation, 'then'>): string =>
  then.map((step) => (step.kind === 'train' ? `train ${step.model}` : step.kind)).join(', ');

const nextOf = ({ nextAt }: Pick<Automation, 'nextAt'>): string => (nextAt === undefined ? '' : time(nextAt));
