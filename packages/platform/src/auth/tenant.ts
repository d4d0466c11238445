import { Problem, UserId } from '@bellwether/contracts';
import type { Caller } from './authenticate.ts';

/** Whose data a request without key and user is about. */
export const localTenant = 'local';

function mismatch(given: string, where: string): Problem {
  return new Problem(403, 'tenant-mismatch', `${where} says \`${given}\`, but the API key is another tenant’s`, {
    cure: `Leave ${where} out or give the tenant of the key`,
    field: where,
  });
}

function checked(userId: string): string {
  if (UserId.safeParse(userId).success) return userId;
  throw new Problem(422, 'invalid-request', '`X-User-Id` is not a user id', {
    field: 'X-User-Id',
    cure: 'Use 1 to 64 letters, digits, dashes or underscores',
  });
}

/**
 * The tenant of a request: the key's; without keys the body's `userID`, else the header's, else `local`.
 *
 * @param userId `userID` of the body, in the operations that have it, already checked
 * @param header the `X-User-Id` header as received
 * @throws {Problem} `tenant-mismatch` (403) when the key is another tenant's, `invalid-request` (422)
 */
export function tenantOf(caller: Caller, userId: string | undefined, header: string | undefined): string {
  const { tenantId } = caller;
  if (tenantId === undefined) return userId ?? (header === undefined ? localTenant : checked(header));
  if (userId !== undefined && userId !== tenantId) throw mismatch(userId, 'userID');
  if (header !== undefined && header !== tenantId) throw mismatch(header, 'X-User-Id');
  return tenantId;
}
