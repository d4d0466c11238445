import { isConnectionLost } from '@bellwether/database';
import { WarehouseError, type WarehouseErrorCode } from '../warehouse-error.ts';

/** Numbers are those of MySQL and MariaDB: "Server Error Message Reference", "MariaDB Error Codes". */
const codes: readonly (readonly [WarehouseErrorCode, readonly number[]])[] = [
  // deadlock, lock wait timeout, row changed since the snapshot
  ['warehouse-busy', [1213, 1205, 1020]],
  // too many connections, of all, of a user; a user's resource limit
  ['warehouse-throttled', [1040, 1203, 1226]],
  // wrong password, unknown user, wrong plugin
  ['warehouse-login', [1045, 1698, 1251]],
  // of a database, table, column, routine, of a privilege
  ['warehouse-denied', [1044, 1142, 1143, 1370, 1227]],
  // unknown database, none selected
  ['warehouse-config', [1049, 1046]],
  // null, out of range, truncated, wrong for its column, too long, no time
  ['warehouse-value', [1048, 1264, 1265, 1366, 1406, 1292]],
];

/** What mysql2 threw, as the port says it. The server's messages hold no passwords; the client's settings are left out. */
export function mysqlFailure(error: unknown): unknown {
  if (error instanceof WarehouseError) return error;
  const { errno, code, message } = (error ?? {}) as { errno?: unknown; code?: unknown; message?: unknown };
  const known = codes.find(([, numbers]) => numbers.includes(Number(errno)))?.[0];
  if (known !== undefined) return new WarehouseError(known, `MySQL: ${String(message)} (${String(errno)})`);
  if (isConnectionLost(error) || code === 'ENOTFOUND') {
    return new WarehouseError('warehouse-unreachable', `MySQL does not answer (${String(code ?? errno)})`);
  }
  // Of mysql2 is what has both; all else is of whoever gives the rows.
  if (typeof errno !== 'number' || typeof code !== 'string' || !code.startsWith('ER_')) return error;
  return new WarehouseError('warehouse-failed', `MySQL: ${String(message)} (${errno})`);
}
