import type { LagsStep } from '@bellwether/contracts';
import { quoteIdentifier } from '../../duckdb/quote.ts';
import type { StepDefinition } from '../step-definition.ts';
import { itemOf, numericColumn, requireDate, valueColumn, withColumns } from '../step-table.ts';
import { pastRows, streams } from './past-rows.ts';

const rowsBack = ({ periods }: LagsStep): number[] =>
  typeof periods === 'number' ? Array.from({ length: periods }, (_, index) => index + 1) : [...new Set(periods)];

const mostBack = (step: LagsStep): number => Math.max(...rowsBack(step)) + (step.differences ? 1 : 0);

/** `last-1_week_sales`, and `last-1_week_diff` for how much it differs from the one before. */
function names({ period, as }: LagsStep, back: number): { readonly value: string; readonly difference: string } {
  const start = `last-${back}_${period ?? 'row'}`;
  return { value: `${start}_${as}`, difference: as === 'sales' ? `${start}_diff` : `${start}_${as}_diff` };
}

export const lags: StepDefinition<LagsStep> = {
  keepsRows: true,
  order: (step, before) => (streams(step, mostBack(step), before) ? before : undefined),
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

  sql: (step, input) => {
    const past = pastRows(step, input, mostBack(step));
    const value = `CAST(${quoteIdentifier(step.column ?? '')} AS DOUBLE)`;
    const features = rowsBack(step).flatMap((back) => {
      const name = names(step, back);
      const known = `${past.back(value, back)} AS ${quoteIdentifier(name.value)}`;
      const change = `${past.back(value, back)} - ${past.back(value, back + 1)} AS ${quoteIdentifier(name.difference)}`;
      return step.differences ? [known, change] : [known];
    });
    return `SELECT *, ${features.join(', ')} FROM ${input.from} ${past.clause}`;
  },
};
