import { WarehouseError, type WarehouseErrorCode } from '../warehouse-error.ts';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether another process has the file open. */
export const isFileLocked = (error: unknown): boolean => /could not set lock on file/i.test(messageOf(error));

const patterns: readonly (readonly [RegExp, WarehouseErrorCode])[] = [
  [/^(transaction conflict|transactioncontext error: conflict)|conflict on/i, 'warehouse-busy'],
  [/^(conversion|out of range|constraint|invalid input)/i, 'warehouse-value'],
  [/permission denied/i, 'warehouse-denied'],
];

/** What DuckDB threw, as the port says it. */
export function duckdbFailure(error: unknown, path: string): unknown {
  if (error instanceof WarehouseError) return error;
  if (isFileLocked(error)) {
    return new WarehouseError(
      'warehouse-busy',
      `another process has the warehouse ${path} open; close it or try later`,
    );
  }
  if (!isFromDuckdb(error)) return error;
  const message = messageOf(error);
  const code = patterns.find(([pattern]) => pattern.test(message))?.[1] ?? 'warehouse-failed';
  return new WarehouseError(code, `the warehouse ${path}: ${message.split('\n')[0]}`);
}

/** DuckDB's messages begin with what kind of error it is; errors of whoever gives the rows pass as they are. */
const isFromDuckdb = (error: unknown): boolean => /^[A-Z][A-Za-z ]+ Error: /.test(messageOf(error));
