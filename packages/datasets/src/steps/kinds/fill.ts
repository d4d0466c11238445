import type { FillStep } from '@bellwether/contracts';
import { Problem } from '@bellwether/contracts/problem';
import { quoteIdentifier } from '../../duckdb/quote.ts';
import type { StepDefinition, StepInput } from '../step-definition.ts';
import { itemOf, requireDate, requireNumber, type StepTable } from '../step-table.ts';
import { isPlaced, pastWindow } from './past.ts';

const before = 'OVER (past ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)';
const after = 'OVER (past ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)';

/** What stands in for a missing number, in SQL over the window `past`. */
const substitutes: Readonly<Record<FillStep['method'], (column: string) => string>> = {
  forward: (column) => `last_value(${column} IGNORE NULLS) ${before}`,
  mean: (column) => `avg(${column}) ${before}`,
  median: (column) => `median(${column}) ${before}`,
  zero: () => '0',
  middle: (column) => `CASE WHEN count(${column}) ${before} > 0 AND count(${column}) ${after} > 0 THEN 0 END`,
  back: (column) => `CASE WHEN count(${column}) ${before} > 0 AND count(${column}) ${after} = 0 THEN 0 END`,
};

function filledKind(table: StepTable, { columns, method }: FillStep): StepTable {
  const fractional = method === 'mean' || method === 'median';
  return {
    ...table,
    columns: table.columns.map((column) => {
      if (!columns.includes(column.name)) return column;
      const kind = fractional ? 'numeric' : column.kind;
      return { ...column, kind, nullable: method === 'zero' ? false : column.nullable };
    }),
  };
}

export const fill: StepDefinition<FillStep> = {
  keepsRows: true,
  order: ({ method }, before) => (method === 'zero' ? before : undefined),
  replaces: ({ columns }) => columns,
  resolve: (step, table) => {
    for (const [index, name] of step.columns.entries()) {
      const { kind } = requireNumber(table, name, `columns[${index}]`);
      if (kind === 'boolean') throw notForBooleans(name, index);
    }
    if (step.method === 'zero') return { step, table: filledKind(table, step) };
    const item = itemOf(table, step.item);
    const resolved = { ...step, date: requireDate(table, step.date), ...(item === undefined ? {} : { item }) };
    return { step: resolved, table: filledKind(table, step) };
  },

  sql: (step, { from, table }: StepInput) => {
    const substitute = substitutes[step.method];
    const placed = step.method === 'zero' ? 'true' : isPlaced(step);
    const replaced = [...new Set(step.columns)].map((name) => {
      const column = quoteIdentifier(name);
      return `coalesce(${column}, CASE WHEN ${placed} THEN ${substitute(column)} END) AS ${column}`;
    });
    const window = step.method === 'zero' ? '' : `WINDOW ${pastWindow(step, table, step.columns)}`;
    return `SELECT * REPLACE (${replaced.join(', ')}) FROM ${from} ${window}`;
  },
};

function notForBooleans(name: string, index: number): Problem {
  return new Problem(422, 'not-a-number', `The column ${name} is boolean, not numbers.`, {
    field: `columns[${index}]`,
    cure: 'Name columns of numbers.',
  });
}
