import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { ForecastJobPlan } from '@bellwether/contracts';
import { quantileColumn } from '@bellwether/contracts/forecast-table';
import { eachRow } from '@bellwether/datasets';
import type { ForecastRow, MetricRow } from '@bellwether/warehouse';

const batch = 2_000;

/** Rows of a table of forecasts, as a warehouse takes them. */
export async function* forecastRows(
  path: string,
  { item, time }: ForecastJobPlan['columns'],
  levels: readonly number[],
): AsyncGenerator<readonly ForecastRow[]> {
  const number = (value: unknown) => (value === null || value === undefined ? null : Number(value));
  for await (const rows of eachRow(path)) {
    yield rows.map((row) => ({
      itemId: item === undefined ? 'all' : String(row[item] ?? ''),
      timestamp: String(row[time]),
      mean: number(row.mean),
      quantiles: levels.map((level) => number(row[quantileColumn(level)])),
    }));
  }
}

/** Lines of scores, as a warehouse takes them. */
export async function* metricRows(path: string): AsyncGenerator<readonly MetricRow[]> {
  let rows: MetricRow[] = [];
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    rows.push(JSON.parse(line) as MetricRow);
    if (rows.length < batch) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}
