import { quoteIdentifier } from '../duckdb/quote.ts';
import { isPlaced, pastWindow, type Series } from './past.ts';
import type { RowOrder, StepInput } from './step-definition.ts';

/** DuckDB streams `lag` within one vector of rows; from there on it would hold all of them in memory. */
const mostStreamed = 2_000;

/** Whether rows come so that an item's earlier rows are those right before: nothing need be sorted, nor held. */
export function streams({ item, date }: Series, mostBack: number, order: RowOrder | undefined): boolean {
  return order !== undefined && item === order.item && date === order.date && mostBack <= mostStreamed;
}

export interface PastRows {
  /** SQL of an expression's value so many rows of the item back; missing where there is no such row */
  readonly back: (value: string, rows: number) => string;
  /** what follows FROM's relation */
  readonly clause: string;
}

/** How a step looks back at single rows of an item, in SQL. `column` is what it looks at. */
export function pastRows(
  series: Series & { readonly column?: string | undefined },
  { table, order }: StepInput,
  mostBack: number,
): PastRows {
  if (!streams(series, mostBack, order)) {
    const placed = isPlaced(series);
    return {
      back: (value, rows) => `CASE WHEN ${placed} THEN lag(${value}, ${rows}) OVER past END`,
      clause: `WINDOW ${pastWindow(series, table, [series.column ?? ''])}`,
    };
  }
  const item = series.item === undefined ? undefined : quoteIdentifier(series.item);
  return {
    back: (value, rows) => {
      const lag = `lag(${value}, ${rows}) OVER ()`;
      return item === undefined ? lag : `CASE WHEN lag(${item}, ${rows}) OVER () = ${item} THEN ${lag} END`;
    },
    clause: '',
  };
}
