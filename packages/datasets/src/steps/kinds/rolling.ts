import type { RollingFunction, RollingStep } from '@bellwether/contracts';
import { quoteIdentifier } from '../../duckdb/quote.ts';
import type { StepDefinition } from '../step-definition.ts';
import { itemOf, numericColumn, requireDate, valueColumn, withColumns } from '../step-table.ts';
import { isPlaced } from './past.ts';
import { pastRows, streams } from './past-rows.ts';

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

/** Up to here a mean is written as the sum of single rows: one pass over sorted rows, and no tree of partial sums. */
const mostSummed = 64;

/** Whether a feature is the mean of as many rows as its window is long. */
const isPlainMean = (step: RollingStep, { of, window }: Feature): boolean =>
  of === 'mean' && window <= mostSummed && (step.minPeriods ?? window) >= window;

const onlyPlainMeans = (step: RollingStep): boolean => features(step).every((feature) => isPlainMean(step, feature));

const mostBack = ({ windows }: RollingStep): number => Math.max(...windows);

export const rolling: StepDefinition<RollingStep> = {
  keepsRows: true,
  order: (step, before) => (onlyPlainMeans(step) && streams(step, mostBack(step), before) ? before : undefined),
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

  sql: (step, input) => {
    const value = `CAST(${quoteIdentifier(step.column ?? '')} AS DOUBLE)`;
    const sortedRows = onlyPlainMeans(step) ? input.order : undefined;
    const past = pastRows(step, { ...input, order: sortedRows }, mostBack(step));
    const expressions = features(step).map((feature) => {
      const expression = isPlainMean(step, feature)
        ? past.within(
            feature.window,
            `(${rowsOf(feature.window, (back) => past.before(value, back))}) / ${feature.window}`,
          )
        : overFrame(step, feature, value);
      return `${expression} AS ${quoteIdentifier(feature.name)}`;
    });
    return `SELECT *, ${expressions.join(', ')} FROM ${input.from} ${past.clause}`;
  },
};

const rowsOf = (window: number, back: (rows: number) => string): string =>
  Array.from({ length: window }, (_, index) => back(index + 1)).join(' + ');

function overFrame(step: RollingStep, { window, of }: Feature, value: string): string {
  const frame = `OVER (past ROWS BETWEEN ${window} PRECEDING AND 1 PRECEDING)`;
  const enough = `count(${value}) ${frame} >= ${step.minPeriods ?? window}`;
  return `CASE WHEN ${isPlaced(step)} AND ${enough} THEN ${aggregates[of]}(${value}) ${frame} END`;
}
