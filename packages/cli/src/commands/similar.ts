import { type Command, InvalidArgumentError } from 'commander';
import { figure, plural } from '../terminal/figures.ts';
import { paintFor } from '../terminal/paint.ts';
import { table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConnectedOptions, connectedOptions, printJson, withClient } from './connected.ts';
import { addExamples } from './examples.ts';
import { wholeNumber } from './parse-options.ts';

interface SimilarOptions extends ConnectedOptions {
  readonly by?: string;
  readonly near?: string;
  readonly value?: Readonly<Record<string, string>>;
  readonly count: number;
}

/** `bellwether similar`: the rows most like one that is described. */
export function addSimilar(program: Command, terminal: Terminal): void {
  const command = program
    .command('similar')
    .summary('find the rows of a dataset that are most like another')
    .description('Find the rows that are the same in some columns and nearest in another.')
    .argument('<dataset>', 'id of the dataset')
    .option('--by <columns>', 'columns that must be the same, by comma')
    .option('--near <column>', 'numeric column or time that shall be near')
    .option('--value <column=value>', 'what it shall be like; once for each of these columns', addValue)
    .option('--count <number>', 'how many rows at most', wholeNumber(1, 100), 5);
  addExamples(connectedOptions(command), terminal, [
    'similar ds_diamonds --by cut,color --near carat --value cut=Ideal --value color=E --value carat=1.2',
  ]);
  command.action((id: string, options: SimilarOptions) => runSimilar(terminal, id, options));
}

function addValue(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const sign = text.indexOf('=');
  if (sign < 1) throw new InvalidArgumentError('Give a column and its value, as in carat=1.2.');
  // With the prefix a column may have any name, also that of an option.
  return { ...before, [`column.${text.slice(0, sign)}`]: text.slice(sign + 1) };
}

async function runSimilar(terminal: Terminal, id: string, options: SimilarOptions): Promise<void> {
  const { by, near, value = {}, count, json } = options;
  await withClient(terminal, options, async (client, signal) => {
    const query = { ...value, n: count, ...(by === undefined ? {} : { by }), ...(near === undefined ? {} : { near }) };
    const found = await client.call('findSimilarRows', { params: { id }, query }, signal);
    if (json) return printJson(terminal, found);
    const names = Object.keys(found.rows[0]?.values ?? {});
    const isNear = near !== undefined;
    const columns = [
      { head: 'row', align: 'right' } as const,
      ...(isNear ? [{ head: 'distance', align: 'right' } as const] : []),
      ...names.map((head) => ({ head })),
    ];
    const rows = found.rows.map(({ row, distance, values }) => [
      String(row),
      ...(isNear ? [figure(distance)] : []),
      ...names.map((name) => String(values[name] ?? '')),
    ]);
    const paint = paintFor(terminal.out, terminal.env);
    if (rows.length > 0) terminal.out.write(table(columns, rows, paint));
    terminal.err.write(`${paintFor(terminal.err, terminal.env)('dim', `${plural(found.matching, 'row')} alike`)}\n`);
  });
}
