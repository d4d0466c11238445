import { mixtureName, quantileColumn } from '@bellwether/contracts/forecast-table';
import { eachItems, type ItemRows } from '@bellwether/datasets';
import {
  type ErrorTotals,
  errorsOf,
  type Frequency,
  mergeErrors,
  noErrors,
  periodClock,
} from '@bellwether/forecasting';
import { namedMetrics } from './named-metrics.ts';
import type { ScoreLine, ScoreTask } from './score-task.ts';

/** Scores forecasts against what has come since: over all, and by item. Periods without a partner measure nothing. */
export async function scoreValidation(
  { validation, forecasts, columns, levels, frequency, folder }: ScoreTask,
  write: (lines: readonly ScoreLine[]) => Promise<void>,
): Promise<void> {
  if (validation === undefined) return;
  const known = ['mean', ...levels.map(quantileColumn)];
  const periodOf = periodFinder(frequency);
  let overall = noErrors(levels);
  await eachItems({ target: validation, related: forecasts, columns, known }, { folder }, async (block) => {
    for (const [item, rows] of byItem(block)) {
      const totals = compare(block, rows, levels, periodOf);
      if (totals.periods === 0) continue;
      overall = mergeErrors(overall, totals);
      await write(linesOf(totals, item));
    }
  });
  await write(linesOf(overall, null));
}

const day = 86_400_000;

/** The period of a stamp. Midnights in UTC are dates without a time, as forecasts of days have them: days as they stand. */
function periodFinder(frequency: Frequency | undefined): (at: number) => number {
  if (frequency === undefined) return (at) => at;
  const { timeZone: _, ...plain } = frequency;
  const [zoned, dates] = [periodClock(frequency), periodClock(plain)];
  return (at) => (at % day === 0 ? dates : zoned).indexOf(at);
}

function byItem({ item }: ItemRows): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  for (const [row, name] of item.entries()) {
    const list = rows.get(name) ?? [];
    list.push(row);
    rows.set(name, list);
  }
  return rows;
}

/** Rows of one item: actual values, and forecasts, which have no target. */
function compare(
  { at, target, known }: ItemRows,
  rows: readonly number[],
  levels: readonly number[],
  periodOf: (at: number) => number,
): ErrorTotals {
  const period = (row: number) => periodOf(at[row] ?? Number.NaN);
  const value = (column: number, row: number) => Number(known[column]?.[row] ?? Number.NaN);
  const forecastAt = new Map(rows.flatMap((row) => (Number.isNaN(value(0, row)) ? [] : [[period(row), row] as const])));
  const pairs = rows.flatMap((row) => {
    const forecast = forecastAt.get(period(row));
    return Number.isNaN(target[row]) || forecast === undefined ? [] : [{ actual: target[row] ?? 0, forecast }];
  });
  return errorsOf(
    {
      actual: Float64Array.from(pairs, ({ actual }) => actual),
      mean: Float64Array.from(pairs, ({ forecast }) => value(0, forecast)),
      quantiles: levels.map((_, index) => Float64Array.from(pairs, ({ forecast }) => value(index + 1, forecast))),
      scale: Number.NaN,
    },
    levels,
  );
}

function linesOf(totals: ErrorTotals, itemId: string | null): ScoreLine[] {
  return Object.entries(namedMetrics(totals)).map(
    ([metric, value]): ScoreLine => ({
      model: mixtureName,
      source: 'validation',
      backtestWindow: null,
      itemId,
      metric,
      value,
    }),
  );
}
