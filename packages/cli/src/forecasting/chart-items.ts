import { eachRow, type Row } from '@bellwether/datasets';
import type { ChartItem } from './fan-chart.ts';

/** Charts beside one another that a person still reads. */
const most = 6;

export interface ChartColumns {
  /** absent where the table is one series */
  readonly item?: string | undefined;
  readonly time: string;
  readonly target: string;
  readonly lower?: string | undefined;
  readonly upper?: string | undefined;
}

export interface ChartItems {
  /** Takes rows of the forecasts, which come ordered by item. */
  add(rows: readonly Row[]): void;
  /** items that there are, drawn or not */
  readonly count: number;
  /**
   * The first items, each with the end of its history, a few times as long as its forecast.
   *
   * @param history path of the table that was forecast, in Parquet
   */
  withHistory(history: string): Promise<ChartItem[]>;
}

/** Collects what a chart shows of the first items. */
export function chartItems(columns: ChartColumns): ChartItems {
  const { item, time, target, lower, upper } = columns;
  const names = new Set<string>();
  const forecasts = new Map<string, ChartItem['forecast'][number][]>();
  const nameOf = (row: Row) => (item === undefined ? target : String(row[item] ?? ''));
  const number = (row: Row, name: string | undefined) => (name === undefined ? undefined : (row[name] as number));
  return {
    add(rows) {
      for (const row of rows) {
        const name = nameOf(row);
        names.add(name);
        const points = forecasts.get(name) ?? [];
        if (names.size <= most) forecasts.set(name, points);
        const at = Date.parse(String(row[time]));
        points.push({ at, mean: row.mean as number, lower: number(row, lower), upper: number(row, upper) });
      }
    },
    get count() {
      return names.size;
    },
    async withHistory(history) {
      const past = new Map<string, ChartItem['history'][number][]>([...forecasts.keys()].map((name) => [name, []]));
      for await (const rows of eachRow(history)) {
        for (const row of rows) {
          const value = row[target];
          const at = Date.parse(String(row[time]));
          if (typeof value === 'number' && !Number.isNaN(at)) past.get(nameOf(row))?.push({ at, value });
        }
      }
      return [...forecasts].map(([name, forecast]) => {
        const tail = Math.max(24, 3 * forecast.length);
        const ordered = (past.get(name) ?? []).sort((a, b) => a.at - b.at);
        return { name, history: ordered.slice(-tail), forecast };
      });
    },
  };
}
