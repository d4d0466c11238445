import { Problem } from '@bellwether/contracts';

/**
 * The sequence number in a cursor.
 *
 * @throws Problem 422 when it is none
 */
export function sequenceOf(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new Problem(422, 'invalid-request', '`cursor` is none of ours', {
    field: 'cursor',
    cure: 'Give `nextCursor` of the page before, or leave it out',
  });
}
