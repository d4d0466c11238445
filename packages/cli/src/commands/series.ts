import type { Command } from 'commander';
import { paintFor } from '../terminal/paint.ts';
import { table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConnectedOptions, connectedOptions, printJson, withClient } from './connected.ts';
import { addExamples } from './examples.ts';
import { wholeNumber } from './parse-options.ts';

interface SeriesOptions extends ConnectedOptions {
  readonly page?: number;
}

/** `bellwether series`: what there is to enrich with. */
export function addSeries(program: Command, terminal: Terminal): void {
  const command = program
    .command('series')
    .summary('search macro-economic series')
    .description('Search FRED’s series by text, most popular first, ten a page. It needs FRED_API_KEY.')
    .argument('<text>', 'words, all of which must occur')
    .option('--page <number>', 'default: 1', wholeNumber(1, 500));
  addExamples(connectedOptions(command), terminal, ['series unemployment']);
  command.action((text: string, options: SeriesOptions) =>
    withClient(terminal, options, async (client, signal) => {
      const query = { search: text, page: options.page ?? 1 };
      const found = await client.call('searchSeries', { query }, signal);
      if (options.json) return printJson(terminal, found);
      const rows = found.series.map(({ id, title, units, frequency, observationEnd }) => [
        id,
        title,
        units,
        frequency,
        observationEnd,
      ]);
      const columns = ['id', 'title', 'units', 'frequency', 'until'].map((head) => ({ head }));
      terminal.out.write(table(columns, rows, paintFor(terminal.out, terminal.env)));
      terminal.err.write(`page ${found.page} of ${found.pages}, ${found.total} series\n`);
    }),
  );
}
