import type { LagsStep } from '@bellwether/contracts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import { isPlaced, pastWindow } from './past.ts';
import type { StepDefinition } from './step-definition.ts';
import { itemOf, numericColumn, requireDate, valueColumn, withColumns } from './step-table.ts';

const rowsBack = ({ periods }: LagsStep): number[] =>
  typeof periods === 'number' ? Array.from({ length: periods }, (_, index) => index + 1) : [...new Set(periods)];

/** `last-1_week_sales`, and `last-1_week_diff` for how much it differs from the one before. */
function names({ period, as }: LagsStep, back: number): { readonly value: string; readonly difference: string } {
  const start = `last-${back}_${period ?? 'row'}`;
  return { value: `${start}_${as}`, difference: as === 'sales' ? `${start}_diff` : `${start}_${as}_diff` };
}

export const lags: StepDefinition<LagsStep> = {
  keepsRows: true,
  resolve: (step, table) => {
    const item = itemOf(table, step.item);
    const resolved: LagsStep = {
      ...step,
      column: valueColumn(table, step.column),
      date: requireDate(table, step.date),
      ...(item === undefined ? {} : { item }),
      ...(table.period === undefined || step.period !== undefined ? {} : { period: table.period }),
    };
    const added = rowsBack(step).flatMap((back) => {
      const { value, difference } = names(resolved, back);
      return (step.differences ? [value, difference] : [value]).map(numericColumn);
    });
    return { step: resolved, table: withColumns(table, added, 'as') };
  },

  sql: (step, { from, table }) => {
    const column = quoteIdentifier(step.column ?? '');
    const lag = (back: number) => `lag(CAST(${column} AS DOUBLE), ${back}) OVER past`;
    const placed = isPlaced(step);
    const features = rowsBack(step).flatMap((back) => {
      const { value, difference } = names(step, back);
      const known = [`CASE WHEN ${placed} THEN ${lag(back)} END AS ${quoteIdentifier(value)}`];
      const change = `CASE WHEN ${placed} THEN ${lag(back)} - ${lag(back + 1)} END AS ${quoteIdentifier(difference)}`;
      return step.differences ? [...known, change] : known;
    });
    return `SELECT *, ${features.join(', ')} FROM ${from} WINDOW ${pastWindow(step, table)}`;
  },
};
