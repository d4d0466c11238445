import { z } from 'zod';

/** What a column is taken for. `id-like` (nearly all distinct, no order) and `text` are left out of training. */
export const ColumnKind = z.enum(['numeric', 'integer', 'boolean', 'categorical', 'timestamp', 'text', 'id-like']);
export type ColumnKind = z.infer<typeof ColumnKind>;

export const Column = z
  .object({ name: z.string(), kind: ColumnKind, nullable: z.boolean() })
  .meta({ id: 'Column', description: 'One column of a dataset' });
export type Column = z.infer<typeof Column>;

/** What roles the uploader gave to columns, by name. */
export const Roles = z
  .object({ target: z.string().optional(), timestamp: z.string().optional(), item: z.string().optional() })
  .meta({ id: 'Roles' });
export type Roles = z.infer<typeof Roles>;

export const ColumnProfile = z
  .object({
    name: z.string(),
    nulls: z.int(),
    /** exact up to 10,000 distinct values, an estimate (HyperLogLog) above */
    distinct: z.int(),
    min: z.union([z.number(), z.string()]).optional(),
    max: z.union([z.number(), z.string()]).optional(),
    mean: z.number().optional(),
    standardDeviation: z.number().optional(),
    /** at 0.05, 0.25, 0.5, 0.75, 0.95 */
    quantiles: z.array(z.number()).optional(),
    /** most frequent values first, ten at most */
    top: z.array(z.object({ value: z.string(), count: z.int() })).optional(),
  })
  .meta({ id: 'ColumnProfile' });
export type ColumnProfile = z.infer<typeof ColumnProfile>;

export const Profile = z
  .object({ rows: z.int(), columns: z.array(ColumnProfile) })
  .meta({ id: 'Profile', description: 'Summary statistics of a dataset' });
export type Profile = z.infer<typeof Profile>;

/** One thing that is wrong with a user's data, and how to mend it. */
export const DataProblem = z
  .object({
    /** stable, kebab-case: `ragged-row`, `target-missing`, … */
    code: z.string(),
    severity: z.enum(['error', 'warning']),
    message: z.string(),
    cure: z.string(),
    column: z.string().optional(),
    /** 1-based line of the file as uploaded, header included, or 1-based row of a binary table */
    row: z.int().optional(),
  })
  .meta({ id: 'DataProblem' });
export type DataProblem = z.infer<typeof DataProblem>;
