import type { Dataset } from '@bellwether/contracts';
import type { Command } from 'commander';
import type { Client } from '../client/client.ts';
import { listFirst } from '../client/list-first.ts';
import { problemLine } from '../data-problems.ts';
import { CommandFailure } from '../failure.ts';
import { bytes, count, figure, time } from '../terminal/figures.ts';
import { type Paint, paintFor } from '../terminal/paint.ts';
import { facts, table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConnectedOptions, connectedOptions, printJson, withClient } from './connected.ts';
import { addExamples } from './examples.ts';
import { wholeNumber } from './parse-options.ts';

interface DatasetsOptions extends ConnectedOptions {
  readonly delete?: boolean;
  readonly limit: number;
}

/** `bellwether datasets`: all of them, or one with its columns and problems. */
export function addDatasets(program: Command, terminal: Terminal): void {
  const command = program
    .command('datasets')
    .summary('list datasets; show or delete one')
    .argument('[id]', 'show the columns and problems of this dataset')
    .option('--delete', 'delete the dataset and its files')
    .option('--limit <number>', 'how many to list, newest first', wholeNumber(1, 100_000), 20);
  addExamples(connectedOptions(command), terminal, ['datasets']);
  command.action((id: string | undefined, options: DatasetsOptions) => runDatasets(terminal, id, options));
}

async function runDatasets(terminal: Terminal, id: string | undefined, options: DatasetsOptions): Promise<void> {
  if (id === undefined && options.delete) {
    throw new CommandFailure('usage', 'Say which dataset: give its id.', { exitCode: 2 });
  }
  await withClient(terminal, options, async (client, signal) => {
    if (id === undefined) return await printDatasets(terminal, client, options, signal);
    if (options.delete) {
      await client.call('deleteDataset', { params: { id } }, signal);
      if (options.json) printJson(terminal, { deleted: id });
      else terminal.err.write(`Dataset ${id} is deleted.\n`);
      return;
    }
    const dataset = await client.call('getDataset', { params: { id } }, signal);
    if (options.json) printJson(terminal, dataset);
    else terminal.out.write(datasetText(dataset, paintFor(terminal.out, terminal.env)));
  });
}

async function printDatasets(
  terminal: Terminal,
  client: Client,
  options: DatasetsOptions,
  signal: AbortSignal,
): Promise<void> {
  const datasets = await listFirst(options.limit, async (query) => {
    const page = await client.call('listDatasets', { query }, signal);
    return { items: page.datasets, nextCursor: page.nextCursor };
  });
  if (options.json) return printJson(terminal, { datasets });
  const columns = [
    { head: 'id' },
    { head: 'name' },
    { head: 'status' },
    { head: 'rows', align: 'right' },
    { head: 'size', align: 'right' },
    { head: 'created' },
  ] as const;
  const rows = datasets.map((dataset) => [
    dataset.id,
    dataset.name,
    dataset.status,
    count(dataset.rows),
    dataset.bytes === undefined ? '–' : bytes(dataset.bytes),
    time(dataset.createdAt),
  ]);
  terminal.out.write(table(columns, rows, paintFor(terminal.out, terminal.env)));
}

function datasetText(dataset: Dataset, paint: Paint): string {
  const head = facts(
    [
      ['id', dataset.id],
      ['name', dataset.name],
      ['status', dataset.status],
      ['format', dataset.format],
      ['rows', dataset.rows === undefined ? undefined : count(dataset.rows)],
      ['size', dataset.bytes === undefined ? undefined : bytes(dataset.bytes)],
      [
        'roles',
        Object.entries(dataset.roles)
          .map(([role, column]) => `${role} ${column}`)
          .join(', ') || undefined,
      ],
      ['parents', dataset.parents.join(', ') || undefined],
      ['created', time(dataset.createdAt)],
    ],
    paint,
  );
  const problems = dataset.problems.map((problem) => `${problemLine(problem)}\n`).join('');
  return [head, problems, columnsTable(dataset, paint)].filter((part) => part !== '').join('\n');
}

function columnsTable({ schema, profile }: Dataset, paint: Paint): string {
  if (schema === undefined) return '';
  const columns = [
    { head: 'column' },
    { head: 'kind' },
    { head: 'missing', align: 'right' },
    { head: 'distinct', align: 'right' },
    { head: 'least', align: 'right' },
    { head: 'most', align: 'right' },
    { head: 'mean', align: 'right' },
    { head: 'frequent' },
  ] as const;
  const known = new Map(profile?.columns.map((column) => [column.name, column]));
  const rows = schema.map(({ name, kind }) => {
    const column = known.get(name);
    const top = column?.top?.slice(0, 3).map(({ value }) => value) ?? [];
    return [
      name,
      kind,
      count(column?.nulls),
      count(column?.distinct),
      bound(column?.min),
      bound(column?.max),
      column?.mean === undefined ? '' : figure(column.mean),
      top.join(', '),
    ];
  });
  return table(columns, rows, paint);
}

function bound(value: number | string | undefined): string {
  return typeof value === 'number' ? figure(value) : (value ?? '');
}
