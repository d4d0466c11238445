import { Problem } from '@bellwether/contracts';
import { parseRecords } from '@bellwether/datasets';
import { type AutoMlStamps, automlColumns, automlQuantile } from '@bellwether/sagemaker/automl';

/** What SageMaker says of one item, in the order of its periods, which follow one another. */
export interface ItemPeriods {
  /** period index of the first */
  readonly first: number;
  readonly mean: Float64Array;
  /** by level, ascending; none is above the next */
  readonly quantiles: readonly Float64Array[];
}

interface Row {
  readonly period: number;
  readonly mean: number;
  readonly quantiles: readonly number[];
}

interface Asked {
  readonly horizon: number;
  /** ascending */
  readonly levels: readonly number[];
}

/**
 * Reads the answer of AutoML's model for one object: CSV whose header names the columns, in whatever order.
 *
 * @returns by the code of the item
 * @throws Problem `sagemaker-forecasts` when a column or a period is missing, or a value is none: nothing may slip
 */
export function readForecasts(text: string, stamps: AutoMlStamps, asked: Asked): Map<string, ItemPeriods> {
  const [header = [], ...records] = parseRecords(text, ',', true);
  const placeOf = (name: string): number => header.findIndex((column) => column.trim() === name);
  const needed = (name: string): number => {
    const place = placeOf(name);
    if (place < 0) throw broken(`has no column ${name}`);
    return place;
  };
  const [item, time] = [needed(automlColumns.item), needed(automlColumns.time)];
  const levels = asked.levels.map((level) => needed(automlQuantile(level) ?? ''));
  const mean = placeOf('mean');
  const byItem = new Map<string, Row[]>();
  for (const record of records) {
    const code = record[item] ?? '';
    // Where answers were put together, each has its header.
    if (code === automlColumns.item) continue;
    const quantiles = levels.map((place) => numberOf(record[place])).toSorted((a, b) => a - b);
    // Without a mean the middle quantile stands for it.
    const middle = quantiles[Math.floor(quantiles.length / 2)] as number;
    const row = {
      period: stamps.periodOf(record[time] ?? ''),
      mean: mean < 0 ? middle : numberOf(record[mean]),
      quantiles,
    };
    if (Number.isNaN(row.period)) throw broken(`says "${record[time]}" for a time`);
    const rows = byItem.get(code);
    if (rows === undefined) byItem.set(code, [row]);
    else rows.push(row);
  }
  return new Map([...byItem].map(([code, rows]) => [code, periodsOf(rows, asked)]));
}

function periodsOf(unordered: readonly Row[], { horizon, levels }: Asked): ItemPeriods {
  const rows = unordered.toSorted((a, b) => a.period - b.period);
  const first = rows[0]?.period ?? Number.NaN;
  if (rows.length !== horizon || rows.some(({ period }, step) => period !== first + step)) {
    throw broken(`has ${rows.length} periods of an item, not ${horizon} that follow one another`);
  }
  return {
    first,
    mean: Float64Array.from(rows, ({ mean }) => mean),
    quantiles: levels.map((_, level) => Float64Array.from(rows, ({ quantiles }) => quantiles[level] as number)),
  };
}

function numberOf(text: string | undefined): number {
  const value = Number(text);
  if (text === undefined || text.trim() === '' || !Number.isFinite(value)) throw broken(`says "${text}" for a number`);
  return value;
}

const broken = (what: string) => new Problem(502, 'sagemaker-forecasts', `What SageMaker forecast ${what}.`);
