import { quoteIdentifier } from '../../duckdb/quote.ts';
import type { RowOrder, StepInput } from '../step-definition.ts';
import { isPlaced, pastWindow, type Series } from './past.ts';

/** DuckDB streams `lag` within one vector of rows; from there on it would hold all of them in memory. */
const mostStreamed = 2_000;

/** Whether rows come so that an item's earlier rows are those right before: nothing need be sorted, nor held. */
export function streams({ item, date }: Series, mostBack: number, order: RowOrder | undefined): boolean {
  return order !== undefined && item === order.item && date === order.date && mostBack <= mostStreamed;
}

export interface PastRows {
  /** SQL of an expression's value so many rows of the item back; missing where there is no such row */
  readonly back: (value: string, rows: number) => string;
  /** SQL of an expression of `before`s up to so many rows back; missing where there is no such row */
  readonly within: (rows: number, expression: string) => string;
  /** SQL of an expression's value so many rows back, whoever's row that is: for `within` */
  readonly before: (value: string, rows: number) => string;
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
    const before = (value: string, rows: number) => `lag(${value}, ${rows}) OVER past`;
    return {
      before,
      within: (_, expression) => `CASE WHEN ${placed} THEN ${expression} END`,
      back: (value, rows) => `CASE WHEN ${placed} THEN ${before(value, rows)} END`,
      clause: `WINDOW ${pastWindow(series, table, [series.column ?? ''])}`,
    };
  }
  const item = series.item === undefined ? undefined : quoteIdentifier(series.item);
  const before = (value: string, rows: number) => `lag(${value}, ${rows}) OVER ()`;
  // rows come by item: where the farthest one is the item's, so are those between
  const within = (rows: number, expression: string) =>
    item === undefined ? expression : `CASE WHEN ${before(item, rows)} = ${item} THEN ${expression} END`;
  return { before, within, back: (value, rows) => within(rows, before(value, rows)), clause: '' };
}
