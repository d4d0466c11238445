import { WarehouseError } from './warehouse-error.ts';

/** Most characters of a data name: with the longest suffix it is still an identifier everywhere. */
const longestDataName = 45;

export type SourceRole = 'target' | 'related' | 'validation';

/**
 * The table of a user's for one role: `sales_target` for `sales`.
 *
 * @throws WarehouseError `warehouse-data-name`
 */
export function sourceTableName(dataName: string, role: SourceRole): string {
  if (/^[a-zA-Z][a-zA-Z0-9_]*$/.test(dataName) && dataName.length <= longestDataName) return `${dataName}_${role}`;
  throw new WarehouseError(
    'warehouse-data-name',
    `a data name is a letter, then letters, digits and underscores, ${longestDataName} characters at most`,
  );
}
