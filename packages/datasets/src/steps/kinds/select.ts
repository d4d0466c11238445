import type { SelectStep } from '@bellwether/contracts';
import { quoteIdentifier } from '../../duckdb/quote.ts';
import { rowNumber } from '../reserved-names.ts';
import type { StepDefinition } from '../step-definition.ts';
import { requireColumn } from '../step-table.ts';

export const select: StepDefinition<SelectStep> = {
  keepsRows: true,
  order: (_, before) => before,
  resolve: (step, table) => {
    const columns = [...new Set(step.columns)];
    const kept = columns.map((name, index) => requireColumn(table, name, `columns[${index}]`));
    const roles = Object.fromEntries(Object.entries(table.roles).filter(([, name]) => columns.includes(name ?? '')));
    return { step: { ...step, columns }, table: { ...table, columns: kept, roles } };
  },
  sql: ({ columns }, { from }) => `SELECT ${rowNumber}, ${columns.map(quoteIdentifier).join(', ')} FROM ${from}`,
};
