import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dataset, quantileColumn } from '@bellwether/contracts';
import type { Client } from '../client/client.ts';
import type { Destination } from '../destination/destination.ts';
import { chartItems } from './chart-items.ts';
import { chartedInterval } from './charted-interval.ts';
import { fanChart } from './fan-chart.ts';
import { type StampStyle, writeCsv } from './forecast-files.ts';

/** What a forecast job has made, and how its tables are to be read. */
export interface ForecastMade {
  /** the table that was forecast */
  readonly dataset: Pick<Dataset, 'id' | 'name'>;
  /** ids of the tables that came out */
  readonly datasets: { readonly forecasts: string; readonly backtests?: string };
  /** `item` is absent where the table is one series */
  readonly columns: { readonly item?: string | undefined; readonly time: string; readonly target: string };
  readonly quantiles: readonly number[];
  readonly style: StampStyle;
}

export interface WrittenForecast {
  readonly items: number;
  readonly forecasts: { readonly rows: number; readonly place: string };
  readonly backtests: { readonly rows: number; readonly place: string };
  readonly chart: string;
}

/** Writes `forecasts.csv`, `backtests.csv` and `forecasts.svg`, in constant memory but for what the chart shows. */
export async function writeForecast(
  client: Client,
  made: ForecastMade,
  destination: Destination,
  signal: AbortSignal,
): Promise<WrittenForecast> {
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-forecast-'));
  try {
    const { dataset, columns, quantiles, style, datasets } = made;
    const { item, time } = columns;
    const fetch = async (id: string) => {
      const path = join(folder, `${id}.parquet`);
      await client.download('downloadDataset', { params: { id } }, path, signal);
      return path;
    };
    const place = [...(item === undefined ? [] : [item]), time];
    const values = [...quantiles.map(quantileColumn), 'mean'];
    const write = async (part: 'forecasts' | 'backtests', names: readonly string[], see?: typeof items.add) => {
      const target = join(folder, `${part}.csv`);
      const id = datasets[part];
      const source = id === undefined ? undefined : await fetch(id);
      const rows = await writeCsv({ source, target, columns: names, time, style }, see);
      return { rows, place: await destination.put(`${part}.csv`, target) };
    };

    const interval = chartedInterval(quantiles);
    const items = chartItems({
      ...columns,
      ...(interval && { lower: quantileColumn(interval.lower), upper: quantileColumn(interval.upper) }),
    });
    const forecasts = await write('forecasts', [...place, ...values], items.add);
    const backtests = await write('backtests', [...place, 'window', 'model', 'actual', ...values]);

    const drawn = await items.withHistory(await fetch(dataset.id));
    const some = drawn.length < items.count ? `, ${drawn.length} of ${items.count.toLocaleString('en-US')} series` : '';
    const title = `${dataset.name}: ${columns.target}${some}`;
    const svg = join(folder, 'forecasts.svg');
    await writeFile(svg, fanChart({ title, items: drawn, style, band: interval?.name }));
    return { items: items.count, forecasts, backtests, chart: await destination.put('forecasts.svg', svg) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
