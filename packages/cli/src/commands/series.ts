import { SeasonalAdjustment, SeriesFrequency } from '@bellwether/contracts';
import { type Command, Option } from 'commander';
import { paintFor } from '../terminal/paint.ts';
import { table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConnectedOptions, connectedOptions, printJson, withClient } from './connected.ts';
import { addExamples } from './examples.ts';
import { names, wholeNumber } from './parse-options.ts';

interface SeriesOptions extends ConnectedOptions {
  readonly units?: string;
  readonly frequency?: SeriesFrequency;
  readonly seasonalAdjustment?: SeasonalAdjustment;
  readonly tags?: string[];
  readonly page?: number;
}

/** `bellwether series`: what there is to enrich with. */
export function addSeries(program: Command, terminal: Terminal): void {
  const command = program
    .command('series')
    .summary('search macro-economic series')
    .description(
      'Search FRED’s series by text and type, most popular first, ten a page. All that is given must hold. It needs FRED_API_KEY.',
    )
    .argument('<text>', 'words, all of which must occur')
    .option('--units <units>', 'as FRED spells them, such as "Percent"')
    .addOption(new Option('--frequency <frequency>', 'how often it has a value').choices(SeriesFrequency.options))
    .addOption(new Option('--seasonal-adjustment <which>', 'adjusted or not').choices(SeasonalAdjustment.options))
    .option('--tags <names>', 'FRED’s tags, by comma: usa,nation', names)
    .option('--page <number>', 'default: 1', wholeNumber(1, 500));
  addExamples(connectedOptions(command), terminal, [
    'series unemployment',
    'series unemployment --frequency Monthly --seasonal-adjustment SA --units Percent',
  ]);
  command.action((text: string, options: SeriesOptions) =>
    withClient(terminal, options, async (client, signal) => {
      const query = { search: text, page: options.page ?? 1, ...filterOf(options) };
      const found = await client.call('searchSeries', { query }, signal);
      if (options.json) return printJson(terminal, found);
      const rows = found.series.map(({ id, title, units, frequency, seasonalAdjustment, observationEnd }) => [
        id,
        title,
        units,
        frequency,
        seasonalAdjustment,
        observationEnd,
      ]);
      const columns = ['id', 'title', 'units', 'frequency', 'adjustment', 'until'].map((head) => ({ head }));
      terminal.out.write(table(columns, rows, paintFor(terminal.out, terminal.env)));
      terminal.err.write(`page ${found.page} of ${found.pages}, ${found.total} series\n`);
    }),
  );
}

function filterOf({ units, frequency, seasonalAdjustment, tags }: SeriesOptions) {
  return {
    ...(units === undefined ? {} : { units }),
    ...(frequency === undefined ? {} : { frequency }),
    ...(seasonalAdjustment === undefined ? {} : { seasonalAdjustment }),
    ...(tags === undefined ? {} : { tags: tags.join(';') }),
  };
}
