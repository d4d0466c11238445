import { readFile } from 'node:fs/promises';
import { Problem } from '@bellwether/contracts';
import { eachItems, type SeriesColumn, type SeriesTables } from '@bellwether/datasets';
import {
  decodeBacktests,
  decodeChunk,
  type ItemBacktest,
  type PanelColumn,
  type PanelSchema,
  regularise,
  type Series,
} from '@bellwether/forecasting';
import type { AgainTask } from './again-task.ts';

export interface FoundItem {
  readonly series: Series;
  readonly backtest: ItemBacktest;
}

/**
 * The items that were asked for: as they were trained on or with the history of another table, each with the backtests
 * by which its models are mixed. An item that was not there yet is mixed as the others are.
 *
 * @throws Problem `items-too-many`, `item-unknown`
 */
export async function findItems(task: AgainTask): Promise<FoundItem[]> {
  const { items, index, history } = task;
  const isWanted =
    items === undefined
      ? () => true
      : (
          (set) => (item: string) =>
            set.has(item)
        )(new Set(items));
  const trained = new Map<string, FoundItem>();
  for (const paths of task.chunks) {
    const { series } = decodeChunk(await readFile(paths.chunk));
    const backtests = decodeBacktests(await readFile(paths.backtests));
    for (const [place, one] of series.entries()) {
      const backtest = backtests.items[place];
      if (backtest !== undefined && isWanted(one.item)) trained.set(one.item, { series: one, backtest });
    }
  }
  const found = history === undefined ? [...trained.values()] : [];
  if (history !== undefined) {
    for (const series of await readSeries(history, index.schema, isWanted, task)) {
      const backtest = trained.get(series.item)?.backtest ?? { item: series.item, scale: 1, level: 1, windows: [] };
      found.push({ series, backtest });
    }
  }
  refuse(found, task);
  return found;
}

function refuse(found: readonly FoundItem[], { items, mostItems }: AgainTask): void {
  if (found.length > mostItems) {
    throw new Problem(422, 'items-too-many', `There are ${found.length} items; one answer has ${mostItems} at most.`);
  }
  const names = new Set(found.map(({ series }) => series.item));
  const unknown = items?.find((item) => !names.has(item));
  if (unknown !== undefined) throw new Problem(422, 'item-unknown', `There is no item ${unknown}.`);
}

/** Regular series of a table on the grid of an older panel, with its columns as that one writes them. */
async function readSeries(
  tables: SeriesTables,
  schema: PanelSchema,
  isWanted: (item: string) => boolean,
  { folder, now }: AgainTask,
): Promise<Series[]> {
  const found: Series[] = [];
  const wanted = { ...tables, known: schema.known.map(({ name }) => name) };
  await eachItems(wanted, { folder }, (block, names) => {
    const known = schema.known.map((column) => asDescribed(block.known[names.indexOf(column.name)], column));
    const { series } = regularise({ ...block, known, attributes: [] }, schema, { now });
    for (const one of series) if (isWanted(one.item)) found.push(one);
  });
  return found;
}

/** Categories stay texts where a table has nothing but numbers by now. */
function asDescribed(values: SeriesColumn | undefined, { kind }: PanelColumn): SeriesColumn {
  if (values === undefined) return [];
  if (kind === 'number' || !ArrayBuffer.isView(values)) return values;
  return Array.from(values as Float64Array, (value) => (Number.isNaN(value) ? null : String(value)));
}
