import type { Command } from 'commander';
import { listFirst } from '../client/list-first.ts';
import { time } from '../terminal/figures.ts';
import { paintFor } from '../terminal/paint.ts';
import { table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConnectedOptions, connectedOptions, printJson, withClient } from './connected.ts';
import { addExamples } from './examples.ts';
import { wholeNumber } from './parse-options.ts';

interface DeadLettersOptions extends ConnectedOptions {
  readonly redrive?: string;
  readonly limit: number;
}

/** `bellwether dead-letters`: messages that nobody could handle. */
export function addDeadLetters(program: Command, terminal: Terminal): void {
  const command = program
    .command('dead-letters')
    .summary('list messages that could not be handled; send one again')
    .option('--redrive <id>', 'send this message to its queue again')
    .option('--limit <number>', 'how many to list, newest first', wholeNumber(1, 100_000), 20);
  addExamples(connectedOptions(command), terminal, ['dead-letters']);
  command.action((options: DeadLettersOptions) => runDeadLetters(terminal, options));
}

async function runDeadLetters(terminal: Terminal, { redrive, ...options }: DeadLettersOptions): Promise<void> {
  await withClient(terminal, options, async (client, signal) => {
    if (redrive !== undefined) {
      const letter = await client.call('redriveDeadLetter', { params: { id: redrive } }, signal);
      if (options.json) printJson(terminal, letter);
      else terminal.out.write(`${letter.type} was sent to ${letter.queue} again.\n`);
      return;
    }
    const deadLetters = await listFirst(options.limit, async (query) => {
      const page = await client.call('listDeadLetters', { query }, signal);
      return { items: page.deadLetters, nextCursor: page.nextCursor };
    });
    if (options.json) return printJson(terminal, { deadLetters });
    const columns = [
      { head: 'id' },
      { head: 'at' },
      { head: 'queue' },
      { head: 'type' },
      { head: 'job' },
      { head: 'sent again' },
      { head: 'last reason' },
    ] as const;
    const rows = deadLetters.map((letter) => [
      letter.id,
      time(letter.at),
      letter.queue,
      letter.type,
      letter.jobId ?? '',
      time(letter.redrivenAt),
      letter.reasons.at(-1) ?? '',
    ]);
    terminal.out.write(table(columns, rows, paintFor(terminal.out, terminal.env)));
  });
}
