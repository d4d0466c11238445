import { mixtureName, quantileColumn } from '@bellwether/contracts/forecast-table';
import { eachRow, type Row, type RowValue } from '@bellwether/datasets';
import { type ErrorTotals, errorsOf, mergeErrors, noErrors } from '@bellwether/forecasting';
import { namedMetrics } from './named-metrics.ts';
import type { ScoreLine, ScoreTask } from './score-task.ts';

/** Rows of one item, window and model, which stand behind one another. */
interface Run {
  readonly item: string;
  readonly window: number;
  readonly model: string;
  readonly rows: Row[];
}

/** Sums by a name. */
type Totals = Map<string, ErrorTotals>;
/** The backtest windows that a model has, by its name. */
type Windows = Map<string, Set<number>>;

/**
 * Scores backtests over all, by window, and by item; of the mixture also by item and window.
 *
 * @param write takes the lines of one item, or those over all at the end
 * @returns what each model missed over all, the mixture among them, and in how many windows
 */
export async function scoreBacktests(
  { backtests, columns, levels }: ScoreTask,
  write: (lines: readonly ScoreLine[]) => Promise<void>,
): Promise<Record<string, Record<string, number>>> {
  const overall: Totals = new Map();
  const tested: Windows = new Map();
  if (backtests === undefined) return {};
  const windows: Totals = new Map();
  let items: Totals = new Map();
  let testedOfItem: Windows = new Map();
  let item: string | undefined;
  const endItem = async () => {
    if (item !== undefined) await write(linesOf(items, item, testedOfItem));
    items = new Map();
    testedOfItem = new Map();
  };
  for await (const run of runsOf(backtests, columns.item)) {
    if (run.item !== item) await endItem();
    item = run.item;
    const totals = totalsOf(run.rows, levels);
    for (const known of [tested, testedOfItem])
      known.set(run.model, (known.get(run.model) ?? new Set()).add(run.window));
    add(overall, run.model, totals);
    add(windows, `${run.model}/${run.window}`, totals);
    add(items, run.model, totals);
    if (run.model === mixtureName) add(items, `${run.model}/${run.window}`, totals);
  }
  await endItem();
  await write([...linesOf(overall, null, tested), ...linesOf(windows, null, tested)]);
  return Object.fromEntries([...overall].map(([model, sums]) => [model, metricsOf(sums, tested.get(model)?.size)]));
}

/** Measures of a model; with the number of windows that they are over, unless they are of one. */
const metricsOf = (sums: ErrorTotals, windows: number | undefined): Record<string, number> => ({
  ...namedMetrics(sums),
  ...(windows === undefined ? {} : { windows }),
});

async function* runsOf(path: string, itemColumn: string | undefined): AsyncGenerator<Run> {
  const placeOf = (row: Row) => ({
    item: itemColumn === undefined ? 'all' : String(row[itemColumn] ?? ''),
    window: Number(row.window),
    model: String(row.model),
  });
  let run: Run | undefined;
  for await (const rows of eachRow(path)) {
    for (const row of rows) {
      const place = placeOf(row);
      if (run !== undefined && isSame(run, place)) run.rows.push(row);
      else {
        if (run !== undefined) yield run;
        run = { ...place, rows: [row] };
      }
    }
  }
  if (run !== undefined) yield run;
}

const isSame = (a: Omit<Run, 'rows'>, b: Omit<Run, 'rows'>): boolean =>
  a.item === b.item && a.window === b.window && a.model === b.model;

/** Periods without an actual value measure nothing. */
function totalsOf(all: readonly Row[], levels: readonly number[]): ErrorTotals {
  const rows = all.filter((row) => row.actual !== null && row.mean !== null);
  const [first] = rows;
  if (first === undefined) return noErrors(levels);
  const names = levels.map(quantileColumn);
  const hasQuantiles = names.every((name) => first[name] !== null && first[name] !== undefined);
  const values = (name: string) => Float64Array.from(rows, (row) => numberOf(row[name]));
  const quantiles = hasQuantiles ? names.map(values) : [];
  return errorsOf({ actual: values('actual'), mean: values('mean'), quantiles, scale: numberOf(first.scale) }, levels);
}

const numberOf = (value: RowValue | undefined): number =>
  value === null || value === undefined ? Number.NaN : Number(value);

function add(totals: Totals, name: string, more: ErrorTotals): void {
  const before = totals.get(name);
  totals.set(name, before === undefined ? more : mergeErrors(before, more));
}

function linesOf(totals: Totals, itemId: string | null, tested: Windows): ScoreLine[] {
  return [...totals].flatMap(([name, sums]) => {
    const [model = '', window] = name.split('/');
    const backtestWindow = window === undefined ? null : Number(window);
    const count = window === undefined ? tested.get(model)?.size : undefined;
    return Object.entries(metricsOf(sums, count)).map(
      ([metric, value]): ScoreLine => ({ model, source: 'backtest', backtestWindow, itemId, metric, value }),
    );
  });
}
