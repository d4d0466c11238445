import type { Log1pStep } from '@bellwether/contracts';
import { queryRow } from '../../duckdb/measure-columns.ts';
import { quoteIdentifier } from '../../duckdb/quote.ts';
import type { StepDefinition } from '../step-definition.ts';
import { numericColumn, requireNumber, withColumns } from '../step-table.ts';

export const log1p: StepDefinition<Log1pStep> = {
  keepsRows: true,
  order: (_, before) => before,
  replaces: ({ column, as }) => (as === undefined ? [column] : []),
  resolve: (step, table) => {
    requireNumber(table, step.column, 'column');
    if (step.as !== undefined) return { step, table: withColumns(table, [numericColumn(step.as)], 'as') };
    const columns = table.columns.map((column) => (column.name === step.column ? numericColumn(step.column) : column));
    return { step, table: { ...table, columns } };
  },
  sql: async ({ column: name, as }, { from, having, connection, note }) => {
    const value = `CAST(${quoteIdentifier(name)} AS DOUBLE)`;
    const [outside] = await queryRow(connection, `SELECT count(*) FILTER (${value} <= -1) FROM ${having([name])}`);
    if (outside !== 0) {
      const message = `log(1 + ${name}) does not exist at or below -1, and is missing there.`;
      note({ code: 'log-undefined', message, rows: Number(outside), column: name });
    }
    // DuckDB has no log1p, and ln(1 + x) loses digits near 0: Kahan's form (Higham 2002, problem 1.5) keeps them
    const sum = `(1 + ${value})`;
    const logarithm = `CASE WHEN ${sum} = 1 THEN ${value} WHEN ${value} > -1 THEN
      CASE WHEN isinf(${value}) THEN ${value} ELSE ln(${sum}) * (${value} / (${sum} - 1)) END END`;
    if (as === undefined) return `SELECT * REPLACE (${logarithm} AS ${quoteIdentifier(name)}) FROM ${from}`;
    return `SELECT *, ${logarithm} AS ${quoteIdentifier(as)} FROM ${from}`;
  },
};
