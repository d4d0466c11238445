/** Stable codes of what can go wrong with a warehouse. */
export type WarehouseErrorCode =
  /** a data name that can be no part of a table's name */
  | 'warehouse-data-name'
  | 'warehouse-table-missing'
  | 'warehouse-table-empty'
  | 'warehouse-table-exists'
  /** two tables or columns whose names differ in case alone */
  | 'warehouse-name-ambiguous'
  | 'warehouse-columns-missing'
  /** a flag was asked for that no rows stand behind */
  | 'warehouse-results-missing'
  /** a value that the engine or the asked format cannot hold */
  | 'warehouse-value'
  /** a file to be loaded that is no table */
  | 'warehouse-file'
  /** somebody else has it: a locked file, a deadlock, a lock that was not to be had in time */
  | 'warehouse-busy'
  /** no connection, or it was lost */
  | 'warehouse-unreachable'
  | 'warehouse-throttled'
  | 'warehouse-login'
  /** the login may not do this */
  | 'warehouse-denied'
  | 'warehouse-driver-missing'
  | 'warehouse-config'
  | 'warehouse-failed';

const retryable: ReadonlySet<WarehouseErrorCode> = new Set([
  'warehouse-busy',
  'warehouse-unreachable',
  'warehouse-throttled',
]);

/**
 * What went wrong with a warehouse. Its message holds no secrets, and it carries no `cause`: drivers' errors hold
 * connection settings.
 */
export class WarehouseError extends Error {
  override readonly name = 'WarehouseError';
  readonly code: WarehouseErrorCode;
  /** whether the same call may succeed later; every call may be repeated */
  readonly isRetryable: boolean;

  constructor(code: WarehouseErrorCode, message: string) {
    super(message);
    this.code = code;
    this.isRetryable = retryable.has(code);
  }
}
