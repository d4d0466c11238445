import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';

/** `GET /search`: what FRED answers, in its words. */
export const searchFred: Route<'searchFred', Deps> = async ({ query }, { series: library }) => {
  const { search_text, limit, page = 1, offset = (page - 1) * limit, tag_names } = query;
  const tags = tag_names?.split(';').filter(Boolean);
  const { series, total } = await library.client().search(search_text, { tags }, { offset, limit });
  return { body: { order_by: 'popularity', sort_order: 'desc', count: total, offset, limit, seriess: series } };
};
