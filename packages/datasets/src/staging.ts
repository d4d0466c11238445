import type { OpenForWidth } from './duckdb/open-for-width.ts';
import type { Limits } from './limits.ts';
import type { RawTable } from './raw-table.ts';

/** What a reader of one format is given to turn an upload into the relation `raw`. */
export interface Staging {
  readonly source: string;
  /** for copies; removed after the task */
  readonly folder: string;
  readonly limits: Limits;
  /** @throws RefusedData `too-many-columns` */
  readonly open: OpenForWidth;
  /** @throws RefusedData if a role names a column that is not there */
  checkNames(names: readonly string[]): void;
  /** Begins to look at the first rows while the others are still to be checked; what is found is lost if `query` changes. */
  lookAhead(raw: Pick<RawTable, 'query' | 'columns' | 'decimalComma'>): void;
}
