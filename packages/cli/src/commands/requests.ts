import type { Command } from 'commander';
import { listFirst } from '../client/list-first.ts';
import { plural, time } from '../terminal/figures.ts';
import { paintFor } from '../terminal/paint.ts';
import { table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConnectedOptions, connectedOptions, printJson, withClient } from './connected.ts';
import { addExamples } from './examples.ts';
import { wholeNumber } from './parse-options.ts';

interface RequestsOptions extends ConnectedOptions {
  readonly path?: string;
  readonly status?: number;
  readonly limit: number;
}

/** `bellwether requests`: the request log. */
export function addRequests(program: Command, terminal: Terminal): void {
  const command = program
    .command('requests')
    .summary('show the request log')
    .option('--path <prefix>', 'only requests whose path begins so')
    .option('--status <code>', 'only requests that were answered so', wholeNumber(100, 599))
    .option('--limit <number>', 'how many to list, newest first', wholeNumber(1, 100_000), 20);
  addExamples(connectedOptions(command), terminal, ['requests --path /v1/models']);
  command.action((options: RequestsOptions) => runRequests(terminal, options));
}

async function runRequests(terminal: Terminal, { limit, path, status, ...options }: RequestsOptions): Promise<void> {
  await withClient(terminal, options, async (client, signal) => {
    let total = 0;
    const requests = await listFirst(limit, async (query) => {
      const page = await client.call('listRequests', { query: { ...query, path, status } }, signal);
      total = page.total;
      return { items: page.requests, nextCursor: page.nextCursor };
    });
    if (options.json) return printJson(terminal, { requests, total });
    const columns = [
      { head: 'at' },
      { head: 'service' },
      { head: 'method' },
      { head: 'path' },
      { head: 'status', align: 'right' },
      { head: 'ms', align: 'right' },
    ] as const;
    const rows = requests.map((request) => [
      time(request.at),
      request.service,
      request.method,
      request.path,
      String(request.status),
      request.duration.toFixed(1),
    ]);
    terminal.out.write(table(columns, rows, paintFor(terminal.out, terminal.env)));
    terminal.out.write(`${plural(total, 'request')} in all\n`);
  });
}
