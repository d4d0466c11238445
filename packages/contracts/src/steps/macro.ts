import { z } from 'zod';
import { ColumnName, DateColumn } from './column-name.ts';

/** An id of FRED: `UNRATE`. It stands in URLs and object keys. */
export const SeriesId = z.string().regex(/^[A-Za-z0-9_]{1,50}$/, 'an id of a series, such as UNRATE');

export const Transform = z.enum(['level', 'difference', 'percent-change', 'year-over-year']);
export type Transform = z.infer<typeof Transform>;

export const MacroSeries = z.strictObject({
  id: SeriesId,
  transform: Transform.default('level'),
  as: ColumnName.optional().meta({ description: 'Name of the column; default: the id, with the transform' }),
});
export type MacroSeries = z.infer<typeof MacroSeries>;

export const MacroStep = z
  .strictObject({
    kind: z.literal('macro'),
    series: z.array(MacroSeries.or(SeriesId)).min(1).max(100),
    date: DateColumn,
    asOf: z.enum(['observation', 'release']).default('observation').meta({
      description:
        '`release`: only what was published by the row’s date, as it was then; `observation`: by its own date',
    }),
  })
  .meta({ id: 'MacroStep', description: 'The last value of economic series, as known at each row’s date' });
export type MacroStep = z.infer<typeof MacroStep>;
