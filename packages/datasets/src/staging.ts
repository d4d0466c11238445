import type { OpenForWidth } from './duckdb/open-for-width.ts';
import type { Limits } from './limits.ts';

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
}
