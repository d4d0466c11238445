import { z } from 'zod';

/** A column as the table has it, or as an earlier step named it. */
export const ColumnName = z.string().min(1).max(300);

/** The column of times that a step goes by. */
export const DateColumn = ColumnName.optional().meta({ description: 'Column of times; default: the role timestamp' });

/** The column that tells one series of rows from another. */
export const ItemColumn = ColumnName.optional().meta({ description: 'Column of items; default: the role item' });

/** Periods begin on their first day: weeks on Monday (ISO 8601), quarters on the first of January, April, … */
export const Period = z.enum(['day', 'week', 'month', 'quarter']);
export type Period = z.infer<typeof Period>;
