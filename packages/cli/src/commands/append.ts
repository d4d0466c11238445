import { createReadStream } from 'node:fs';
import { type Command, Option } from 'commander';
import { type Appended, appendFile } from '../append/append-file.ts';
import { fileUnreadable } from '../file-unreadable.ts';
import { plural } from '../terminal/figures.ts';
import { createProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConnectedOptions, connectedOptions, printJson, withClient } from './connected.ts';
import { addExamples } from './examples.ts';
import { nameOf } from './train.ts';

interface AppendOptions extends ConnectedOptions {
  readonly name?: string;
  readonly dayFirst?: boolean;
  readonly monthFirst?: boolean;
}

/** `bellwether append`: new rows behind those of a dataset. */
export function addAppend(program: Command, terminal: Terminal): void {
  const command = program
    .command('append')
    .summary('append the rows of a CSV file to a dataset')
    .description(
      'Append rows to the newest dataset of a name, which makes a newer one: items that are predicted from it follow. A large file is sent in parts, each a dataset of its own; after a refusal the rows before it are there.',
    )
    .argument('<file>', 'CSV file with the columns of the dataset; - for standard input')
    .option('--name <name>', 'name of the dataset; default: the name of the file')
    .option('--day-first', '03/04/2026 is the third of April')
    .addOption(new Option('--month-first', '03/04/2026 is the fourth of March').conflicts('dayFirst'));
  addExamples(connectedOptions(command), terminal, ['append new-orders.csv --name orders']);
  command.action((file: string, options: AppendOptions) => runAppend(terminal, file, options));
}

async function runAppend(terminal: Terminal, file: string, options: AppendOptions): Promise<void> {
  const { name = nameOf(file), json, dayFirst, monthFirst } = options;
  const progress = createProgress(terminal.err, terminal.env, json);
  const given = {
    file: file === '-' ? 'standard input' : file,
    bytes: file === '-' ? terminal.input() : fileBytes(file),
    name,
    dayFirst: dayFirst ?? (monthFirst ? false : undefined),
  };
  await withClient(terminal, options, async (client, signal) => {
    let last: Appended | undefined;
    progress.show(`appending ${given.file}`);
    try {
      for await (const appended of appendFile(client, given, signal)) {
        last = appended;
        progress.show(`${plural(appended.rows, 'row')} appended`);
      }
    } finally {
      progress.clear();
    }
    if (last === undefined) return;
    const { rows, dataset } = last;
    if (json) return printJson(terminal, { appended: rows, dataset });
    terminal.out.write(`${dataset.id}\n`);
    progress.line(`${plural(rows, 'row')} appended: ${name} has ${plural(dataset.rows ?? 0, 'row')}`);
  });
}

async function* fileBytes(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file);
  } catch (error) {
    throw fileUnreadable(file, error);
  }
}
