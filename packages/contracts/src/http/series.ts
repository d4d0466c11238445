import { z } from 'zod';
import { SeriesId } from '../steps/macro.ts';
import type { Operation } from './operation.ts';

export const Series = z
  .object({
    id: SeriesId,
    title: z.string(),
    units: z.string(),
    frequency: z.string(),
    seasonalAdjustment: z.string(),
    observationStart: z.string(),
    observationEnd: z.string(),
    popularity: z.number().meta({ description: '0 to 100' }),
    notes: z.string().optional(),
  })
  .meta({ id: 'Series', description: 'One macro-economic time series of FRED' });
export type Series = z.infer<typeof Series>;

export const SeriesFrequency = z
  .enum(['Daily', 'Weekly', 'Biweekly', 'Monthly', 'Quarterly', 'Semiannual', 'Annual'])
  .meta({ description: 'FRED’s tag of that name: `Weekly` has weeks of any last day' });
export type SeriesFrequency = z.infer<typeof SeriesFrequency>;

export const SeasonalAdjustment = z.enum(['SA', 'NSA']).meta({ description: 'FRED’s tag of that name' });
export type SeasonalAdjustment = z.infer<typeof SeasonalAdjustment>;

/** What narrows a search for series, besides its text; all that is given must hold. */
export const SeriesFilter = z.object({
  units: z.string().min(1).max(200).optional().meta({ description: 'As FRED spells them', example: 'Percent' }),
  frequency: SeriesFrequency.optional(),
});

export const seriesOperations = {
  searchSeries: {
    method: 'get',
    path: '/v1/series',
    service: 'enrichment',
    tag: 'series',
    summary: 'Search FRED’s series by text and type, most popular first, ten a page; all that is given must hold',
    query: SeriesFilter.extend({
      search: z.string().min(1).max(200).meta({ example: 'unemployment' }),
      seasonalAdjustment: SeasonalAdjustment.optional(),
      tags: z.string().max(500).optional().meta({ description: 'FRED’s tags, by semicolon', example: 'usa;nation' }),
      page: z.coerce.number().int().min(1).max(500).default(1),
    }),
    success: {
      status: 200,
      description: 'A page',
      schema: z.object({ series: z.array(Series), page: z.int(), pages: z.int(), total: z.int() }),
    },
    refusals: { 409: 'fred-key-missing', 503: 'fred-unavailable' },
  },
} as const satisfies Record<string, Operation>;
