import type { FilterStep } from '@bellwether/contracts';
import { queryRow } from '../../duckdb/measure-columns.ts';
import { quoteIdentifier, quoteLiteral } from '../../duckdb/quote.ts';
import { refuse } from '../../problem.ts';
import type { StepDefinition } from '../step-definition.ts';
import { requireDate } from '../step-table.ts';

/** `2016-11-17`: the whole day counts. */
const isDay = (moment: string): boolean => moment.length === 10;

const timestamp = (moment: string): string => `TIMESTAMP ${quoteLiteral(moment)}`;

function bounds({ start, end }: FilterStep, date: string): string {
  const after = start === undefined ? [] : [`${date} >= ${timestamp(start)}`];
  const before =
    end === undefined
      ? []
      : [`${date} ${isDay(end) ? `< ${timestamp(end)} + INTERVAL 1 DAY` : `<= ${timestamp(end)}`}`];
  return [...after, ...before].join(' AND ');
}

const shown = ({ start, end }: FilterStep): string => {
  if (start === undefined) return `of ${end} or before`;
  return end === undefined ? `of ${start} or later` : `from ${start} to ${end}`;
};

export const filter: StepDefinition<FilterStep> = {
  keepsRows: false,
  order: (_, before) => before,
  resolve: (step, table) => ({ step: { ...step, date: requireDate(table, step.date) }, table }),
  sql: async (step, { from, having, connection, note }) => {
    const date = quoteIdentifier(step.date ?? '');
    const [undated, outside, dated, first, last] = await queryRow(
      connection,
      `SELECT count(*) FILTER (${date} IS NULL), count(*) FILTER (NOT (${bounds(step, date)})), count(${date}),
        strftime(min(${date}), '%Y-%m-%d'), strftime(max(${date}), '%Y-%m-%d') FROM ${having([step.date ?? ''])}`,
    );
    if (dated !== 0 && dated === outside) {
      const message = `No row is ${shown(step)}: the dates of ${step.date} go from ${first} to ${last}.`;
      refuse('no-rows-left', message, 'Ask for a period that has some.', { column: step.date });
    }
    if (undated !== 0)
      note({ code: 'rows-without-date', message: 'Rows without a date were left out.', rows: Number(undated) });
    if (outside !== 0)
      note({ code: 'rows-outside-period', message: 'Rows outside the period were left out.', rows: Number(outside) });
    return `SELECT * FROM ${from} WHERE ${bounds(step, date)}`;
  },
};
