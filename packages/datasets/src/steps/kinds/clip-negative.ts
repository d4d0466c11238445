import type { ClipNegativeStep } from '@bellwether/contracts';
import { queryRow } from '../../duckdb/measure-columns.ts';
import { quoteIdentifier } from '../../duckdb/quote.ts';
import type { StepDefinition } from '../step-definition.ts';
import { requireNumber } from '../step-table.ts';

export const clipNegative: StepDefinition<ClipNegativeStep> = {
  keepsRows: true,
  order: (_, before) => before,
  replaces: ({ columns }) => columns,
  resolve: (step, table) => {
    for (const [index, name] of step.columns.entries()) requireNumber(table, name, `columns[${index}]`);
    return { step, table };
  },
  sql: async (step, { from, having, connection, note }) => {
    const columns = [...new Set(step.columns)];
    const counts = columns.map((name) => `count(*) FILTER (CAST(${quoteIdentifier(name)} AS DOUBLE) < 0)`);
    const negative = await queryRow(connection, `SELECT ${counts.join(', ')} FROM ${having(columns)}`);
    for (const [index, column] of columns.entries()) {
      const rows = Number(negative[index]);
      if (rows > 0) note({ code: 'negatives-clipped', message: `Values of ${column} below 0 became 0.`, rows, column });
    }
    const replaced = columns
      .map(quoteIdentifier)
      .map((column) => `CASE WHEN CAST(${column} AS DOUBLE) < 0 THEN 0 ELSE ${column} END AS ${column}`);
    return `SELECT * REPLACE (${replaced.join(', ')}) FROM ${from}`;
  },
};
