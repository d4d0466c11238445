import type { DuckDBConnection } from '@duckdb/node-api';
import type { LookUp } from './kinds/macro/look-up.ts';
import type { Resolved, StepTable } from './step-table.ts';

/** That rows come sorted by item and date, no two with the same of both. */
export interface RowOrder {
  /** without one all rows are one series */
  readonly item: string | undefined;
  readonly date: string;
}

/** What a step's SQL may refer to. */
export interface StepInput {
  /** relation with the columns of `table` and `rowNumber` */
  readonly from: string;
  /**
   * The cheapest relation with these rows and columns. Relations are views: a look at `from` would evaluate all earlier
   * steps once more, joins and sorts included.
   */
  readonly having: (columns: readonly string[]) => string;
  readonly table: StepTable;
  /** the order in which the rows of `from` come, where it is known */
  readonly order: RowOrder | undefined;
  /** columns of `table` that follow from a date alone */
  readonly lookUps: ReadonlyMap<string, LookUp>;
  /** Tells later steps that a column which this one adds follows from a date alone. */
  readonly offer: (column: string, lookUp: LookUp) => void;
  readonly connection: DuckDBConnection;
  /** files that the step needs besides its table, by what it calls them */
  readonly files: Readonly<Record<string, string>>;
  /** Says something of the rows to the user: how many were left out, and why. */
  readonly note: (note: StepNote) => void;
}

/** What a step did to rows that its user may want to know: `{code: 'no-date', rows: 3}`. */
export interface StepNote {
  readonly code: string;
  readonly message: string;
  readonly rows?: number;
  readonly column?: string;
}

/** One kind of step. */
export interface StepDefinition<Step> {
  /** each row that comes in goes out */
  readonly keepsRows: boolean;
  /** columns that it changes in place; those that it adds are known from `resolve` */
  readonly replaces?: (step: Step) => readonly string[];
  /** the order that its rows come in, given that of the rows which come in; not known if not said */
  readonly order?: (step: Step, before: RowOrder | undefined) => RowOrder | undefined;
  /**
   * Checks the step against the table and fills its defaults in.
   * @throws Problem 422 whose field is one of the step's
   */
  readonly resolve: (step: Step, table: StepTable) => Resolved<Step>;
  /** SQL of the step's rows, each with `rowNumber`; the step is resolved. */
  readonly sql: (step: Step, input: StepInput) => string | Promise<string>;
}
