import { Problem } from '@bellwether/contracts';
import { csvLine } from '@bellwether/datasets';
import type { PanelColumn, PanelSchema, Series } from '@bellwether/forecasting';
import { type AutoMlStamps, automlColumns, mostCategories, mostNumbers } from '@bellwether/sagemaker/automl';

/** A column as AutoML gets it: unlike ours, its name is never one that a table already has. */
const columnName = ({ name }: PanelColumn, place: number): string =>
  `known_${place}_${name.replaceAll(/\W+/g, '_').slice(0, 100)}`;

/**
 * The header of the table that AutoML is given.
 *
 * @throws Problem `columns-unfit` when there are more columns than it takes
 */
export function panelHeader({ known }: PanelSchema): string {
  const categories = known.filter(({ kind }) => kind === 'category').length;
  const numbers = known.length - categories;
  if (categories > mostCategories || numbers > mostNumbers) {
    throw new Problem(
      422,
      'columns-unfit',
      `AutoML of SageMaker takes ${mostNumbers} known columns of numbers and ${mostCategories} others; there are ${numbers} and ${categories}.`,
      { cure: 'Name those that matter in `known`.' },
    );
  }
  const { item, time, target } = automlColumns;
  return csvLine([item, time, target, ...known.map(columnName)]);
}

/**
 * What stands for missing values. Of the target nothing does: a zero, which AutoML would take, was never measured. A
 * known column without a value in the future would fail the job.
 */
export function fillingOf({ known }: PanelSchema): Record<string, Record<string, string>> {
  const numbers = known.flatMap((column, place) => (column.kind === 'number' ? [columnName(column, place)] : []));
  const usual = { middlefill: 'median', backfill: 'median', futurefill: 'median' };
  return {
    [automlColumns.target]: { middlefill: 'nan', backfill: 'nan' },
    ...Object.fromEntries(numbers.map((name) => [name, usual])),
  };
}

interface Cut {
  /** the first period that is forecast: nothing of the target from it on is told */
  readonly cutoff: number;
  readonly horizon: number;
}

/** Rows of an item: its values before the cutoff, and what is known ahead to the end of the forecast. */
export function itemRows(
  series: Series,
  code: string,
  { known: columns }: PanelSchema,
  stamps: AutoMlStamps,
  { cutoff, horizon }: Cut,
): string {
  const { first, values, known } = series;
  const ended = Math.min(cutoff, first + values.length);
  const end = columns.length === 0 ? ended : cutoff + horizon;
  const cell = (column: PanelColumn, value = Number.NaN): string | number | null => {
    if (Number.isNaN(value)) return null;
    return column.kind === 'category' ? (column.categories[value] ?? null) : value;
  };
  return Array.from({ length: Math.max(0, end - first) }, (_, at) => {
    const target = first + at < ended ? (values[at] ?? Number.NaN) : Number.NaN;
    return csvLine([
      code,
      stamps.stampOf(first + at),
      target,
      ...columns.map((column, c) => cell(column, known[c]?.[at])),
    ]);
  }).join('');
}

/** Values of an item before a period. */
export function valuesBefore({ first, values }: Series, period: number): number {
  return values
    .subarray(0, Math.max(0, period - first))
    .reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
}
