import type { ColumnKind } from '@bellwether/contracts';
import type { ColumnMeasures } from './measure-profile.ts';

const idName =
  /(^|[_\s.-])(id|ids|uuid|guid|key|rowid|index)$|^(id|uuid|guid|key)([_\s.-]|$)|[a-z](Id|ID|Uuid|UUID|Guid|Key)$/;

/** Whether a name says that the column identifies rows: `id`, `order_id`, `customerId`, `uuid`, `key`. */
export const namesAnId = (name: string): boolean => idName.test(name);

const nearlyAll = 0.95;
const enoughToTell = 20;
const fewLevels = 50;
const mostLevels = 10_000;
const longestLevel = 100;

/**
 * The kind of a column of strings.
 *
 * - `id-like`: at least 95 % of at least 20 values are distinct and most are single words; or all of at least 5 are
 *   and the name says so.
 * - `categorical`: values come again. At most 50 distinct ones, or at most 10,000 that come twice or more on average;
 *   100 characters on average at most.
 * - `text`: the rest.
 */
export function kindOfString(name: string, measures: ColumnMeasures): ColumnKind {
  const { present, distinct, distinctShare, found } = measures;
  if (present === 0) return 'text';
  const words = Number(found.spaced) > present / 2;
  const short = Number(found.length) <= longestLevel;
  const unique = distinctShare >= nearlyAll;
  if (unique && !words && short && present >= enoughToTell) return 'id-like';
  if (distinctShare === 1 && short && present >= 5 && namesAnId(name)) return 'id-like';
  if (unique && present >= enoughToTell) return 'text';
  const repeated = distinct <= mostLevels && distinctShare <= 0.5;
  return short && (distinct <= fewLevels || repeated) ? 'categorical' : 'text';
}
