import type { Warehouse } from '@bellwether/warehouse';
import type { Command } from 'commander';
import { environmentFor } from '../connect/environment.ts';
import { CommandFailure } from '../failure.ts';
import { plural } from '../terminal/figures.ts';
import { interruptible } from '../terminal/interruptible.ts';
import { paintFor } from '../terminal/paint.ts';
import { table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { printJson } from './connected.ts';
import { addExamples } from './examples.ts';
import { wholeNumber } from './parse-options.ts';

interface WarehouseOptions {
  readonly dataDir?: string;
  readonly json?: boolean;
}

interface LoadOptions extends WarehouseOptions {
  readonly as: string;
  readonly replace?: boolean;
}

interface ShowOptions extends WarehouseOptions {
  readonly limit: number;
}

/** `bellwether warehouse`: the tables that forecasts are made from and written to, also while a server runs. */
export function addWarehouse(program: Command, terminal: Terminal): void {
  const warehouse = program.command('warehouse').summary('load and show tables of the warehouse (WAREHOUSE)');
  addExamples(warehouse, terminal, ['warehouse load sales.csv --as sales_target', 'warehouse show sales_target']);
  const withOptions = (command: Command) =>
    command
      .option('--data-dir <folder>', 'data folder whose warehouse it is, with WAREHOUSE=duckdb (DATA_DIR)')
      .option('--json', 'print JSON');

  const load = withOptions(warehouse.command('load'))
    .summary('make a table of a CSV, Parquet or JSON file')
    .description(
      'Make a table of a file. A forecast of the data name sales reads sales_target (item_id, timestamp, target_value), and sales_related and sales_validation if they are there.',
    )
    .argument('<file>', 'file to load: .csv, .tsv, .parquet, .json, .jsonl')
    .requiredOption('--as <table>', 'name of the table, such as sales_target')
    .option('--replace', 'let it take the place of a table of this name');
  addExamples(load, terminal, ['warehouse load sales.csv --as sales_target']);
  load.action((file: string, options: LoadOptions) => loadFile(terminal, file, options));

  const show = withOptions(warehouse.command('show'))
    .summary('print the first rows of a table')
    .argument('<table>', 'its name: sales_target, forecast_parameters, forecast_values, forecast_metrics')
    .option('--limit <number>', 'how many rows at most', wholeNumber(1, 10_000), 20);
  addExamples(show, terminal, ['warehouse show forecast_parameters', 'warehouse show forecast_values --limit 5']);
  show.action((name: string, options: ShowOptions) => showTable(terminal, name, options));
}

async function withWarehouse(
  terminal: Terminal,
  options: WarehouseOptions,
  work: (warehouse: Warehouse, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const [{ readConfig }, { openWarehouse, WarehouseError }] = await Promise.all([
    import('@bellwether/platform'),
    import('@bellwether/warehouse'),
  ]);
  const config = readConfig(environmentFor(terminal, options));
  try {
    const warehouse = await openWarehouse(config);
    try {
      await interruptible(terminal, (signal) => work(warehouse, signal));
    } finally {
      await warehouse.close();
    }
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    const isUsage = error.code === 'warehouse-config' || error.code === 'warehouse-driver-missing';
    throw new CommandFailure(error.code, `${error.message}.`, isUsage ? { exitCode: 2 } : {});
  }
}

async function loadFile(terminal: Terminal, file: string, { as, replace = false, ...options }: LoadOptions) {
  await withWarehouse(terminal, options, async (warehouse, signal) => {
    const { openTableFile } = await import('@bellwether/warehouse');
    using source = await openTableFile(file);
    const { rows } = await warehouse.loadTable(as, source.columns, source.rows(signal), { replace, signal });
    const columns = source.columns.map(({ name, kind }) => ({ name, kind }));
    if (options.json) return printJson(terminal, { table: as, rows, columns });
    terminal.out.write(`${as}: ${plural(rows, 'row')} of ${columns.map(({ name }) => name).join(', ')}\n`);
  });
}

async function showTable(terminal: Terminal, name: string, { limit, ...options }: ShowOptions) {
  await withWarehouse(terminal, options, async (warehouse, signal) => {
    const found = await warehouse.describeTable(name);
    if (found === undefined) {
      throw new CommandFailure('warehouse-table-missing', `There is no table ${name} in the warehouse.`, {
        cure: `Load one: ${terminal.invocation} warehouse load FILE --as ${name}`,
      });
    }
    const rows = [];
    for await (const batch of warehouse.readRows(found, { limit, signal })) rows.push(...batch);
    const total = await warehouse.countRows(found);
    const names = found.columns.map((column) => column.name);
    if (options.json) {
      const objects = rows.map((row) => Object.fromEntries(names.map((column, index) => [column, row[index] ?? null])));
      return printJson(terminal, { table: found.name, total, rows: objects });
    }
    const columns = found.columns.map(({ name: head, kind }) => ({
      head,
      align: kind === 'number' || kind === 'integer' ? ('right' as const) : ('left' as const),
    }));
    const texts = rows.map((row) => row.map((value) => (value === null ? '' : String(value))));
    terminal.out.write(table(columns, texts, paintFor(terminal.out, terminal.env)));
    const note = `${plural(rows.length, 'row')} of ${total}`;
    terminal.err.write(`${paintFor(terminal.err, terminal.env)('dim', note)}\n`);
  });
}
