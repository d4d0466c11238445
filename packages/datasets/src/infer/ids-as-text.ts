import type { RawTable } from '../raw-table.ts';
import { asString, type Decision } from './decision.ts';

/**
 * A column named as the item keeps its values as they are written: `1.10`, `2024-01` and `yes` are names there, and would
 * be other names as a number, a time and a truth value. Whole numbers are the same either way, and stay numbers.
 */
export const withIdsAsText = (
  { columns }: RawTable,
  decisions: readonly Decision[],
  item: string | undefined,
): readonly Decision[] =>
  decisions.map((decision, index) => {
    const column = columns[index];
    if (column === undefined || column.name !== item || column.type !== 'untyped') return decision;
    return decision.kind === 'integer' ? decision : asString(column.sql);
  });
