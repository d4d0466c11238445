import { WarehouseError, type WarehouseErrorCode } from '../warehouse-error.ts';

interface Failure {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly sqlState?: unknown;
  readonly message?: unknown;
}

/** By the number of an error of Snowflake's server or of its driver. */
const byCode: readonly (readonly [WarehouseErrorCode, RegExp])[] = [
  // too many waiters for a lock, or waited too long
  ['warehouse-busy', /^0*(625|604|3009)$/],
  // wrong password, locked user, wrong token of a key pair
  ['warehouse-login', /^(39010[0-2]|390144|39430\d|390195|390422)$/],
  // no session any more, or the driver reached nobody
  ['warehouse-unreachable', /^(390104|39011[0-4]|40100[1-3]|402002|40500[1-3]|40700\d|4080\d\d)$/],
  ['warehouse-throttled', /^(429|390433)$/],
  // no compute warehouse, database or schema is chosen, or it is not there
  ['warehouse-config', /^0*(606|90105|90073|2043|390201)$/],
  ['warehouse-denied', /^0*(2003|3001)$/],
];

const bySqlState: readonly (readonly [WarehouseErrorCode, RegExp])[] = [
  ['warehouse-value', /^(22|23)/],
  ['warehouse-denied', /^(42501|42S02|02000)$/],
  ['warehouse-unreachable', /^08/],
];

const unreachable = /ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|socket hang up|could not reach|network error/i;

/** What the driver threw, as the port says it. */
export function snowflakeFailure(error: unknown): unknown {
  if (error instanceof WarehouseError) return error;
  const { name, code, sqlState, message } = (error ?? {}) as Failure;
  const text = String(message).split('\n')[0] ?? '';
  const matching = (table: typeof byCode, value: unknown) =>
    value === undefined || value === null ? undefined : table.find(([, known]) => known.test(String(value)))?.[0];
  const known =
    matching(byCode, code) ??
    matching(bySqlState, sqlState) ??
    (unreachable.test(text) ? 'warehouse-unreachable' : undefined);
  const isOfDriver = typeof sqlState === 'string' || /^\d+$/.test(String(code)) || /Failed|Error$/.test(String(name));
  if (known === undefined && (!isOfDriver || code === undefined)) return error;
  return new WarehouseError(known ?? 'warehouse-failed', `Snowflake: ${text} (${String(code ?? sqlState)})`);
}
