import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';

const pageSize = 10;

/** `GET /v1/series` */
export const searchSeries: Route<'searchSeries', Deps> = async ({ query }, { series: library }) => {
  const { search, units, frequency, seasonalAdjustment, page } = query;
  const tags = query.tags?.split(';').filter(Boolean);
  const part = { offset: (page - 1) * pageSize, limit: pageSize };
  const filter = units === undefined ? undefined : ({ variable: 'units', value: units } as const);
  const found = await library.client().search(search, { filter, frequency, seasonalAdjustment, tags }, part);
  return {
    body: {
      series: found.series.map(({ id, title, notes, popularity, ...series }) => ({
        id,
        title,
        units: series.units,
        frequency: series.frequency,
        seasonalAdjustment: series.seasonal_adjustment,
        observationStart: series.observation_start,
        observationEnd: series.observation_end,
        popularity,
        ...(notes === undefined ? {} : { notes }),
      })),
      page,
      pages: Math.ceil(found.total / pageSize),
      total: found.total,
    },
  };
};
