import type { RollingFunction, RollingStep } from '@bellwether/contracts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import { isPlaced, pastWindow } from './past.ts';
import type { StepDefinition } from './step-definition.ts';
import { itemOf, numericColumn, requireDate, valueColumn, withColumns } from './step-table.ts';

/** `std` is the sample's (n - 1), as pandas has it. */
const aggregates: Readonly<Record<RollingFunction, string>> = {
  mean: 'avg',
  std: 'stddev_samp',
  min: 'min',
  max: 'max',
};

interface Feature {
  readonly name: string;
  readonly window: number;
  readonly of: RollingFunction;
}

/** `last-4_week_mean_sales` */
function features({ windows, functions, period, as }: RollingStep): Feature[] {
  return [...new Set(windows)].flatMap((window) =>
    [...new Set(functions)].map((of) => ({ name: `last-${window}_${period ?? 'row'}_${of}_${as}`, window, of })),
  );
}

export const rolling: StepDefinition<RollingStep> = {
  keepsRows: true,
  resolve: (step, table) => {
    const item = itemOf(table, step.item);
    const resolved: RollingStep = {
      ...step,
      column: valueColumn(table, step.column),
      date: requireDate(table, step.date),
      ...(item === undefined ? {} : { item }),
      ...(table.period === undefined || step.period !== undefined ? {} : { period: table.period }),
    };
    const added = features(resolved).map(({ name }) => numericColumn(name));
    return { step: resolved, table: withColumns(table, added, 'as') };
  },

  sql: (step, { from, table }) => {
    const value = `CAST(${quoteIdentifier(step.column ?? '')} AS DOUBLE)`;
    const placed = isPlaced(step);
    const expressions = features(step).map(({ name, window, of }) => {
      const frame = `OVER (past ROWS BETWEEN ${window} PRECEDING AND 1 PRECEDING)`;
      const enough = `count(${value}) ${frame} >= ${step.minPeriods ?? window}`;
      return `CASE WHEN ${placed} AND ${enough} THEN ${aggregates[of]}(${value}) ${frame} END AS ${quoteIdentifier(name)}`;
    });
    return `SELECT *, ${expressions.join(', ')} FROM ${from} WINDOW ${pastWindow(step, table)}`;
  },
};
