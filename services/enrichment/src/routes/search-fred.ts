import { Problem } from '@bellwether/contracts';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import type { FredFilter } from '../series/fred-client.ts';

/** `GET /search`: what FRED answers, in its words. */
export const searchFred: Route<'searchFred', Deps> = async ({ query }, { series: library }) => {
  const { search_text, limit, page = 1, offset = (page - 1) * limit, tag_names, frequency } = query;
  const tags = tag_names?.split(';').filter(Boolean);
  const filters = { filter: filterOf(query), frequency, seasonalAdjustment: query.seasonal_adjustment, tags };
  const { series, total } = await library.client().search(search_text, filters, { offset, limit });
  return { body: { order_by: 'popularity', sort_order: 'desc', count: total, offset, limit, seriess: series } };
};

interface Filters {
  readonly units?: string | undefined;
  readonly filter_variable?: FredFilter['variable'] | undefined;
  readonly filter_value?: string | undefined;
}

/** @throws Problem `filter-refused`: FRED takes one a request, a variable with its value */
function filterOf({ units, filter_variable: variable, filter_value: value }: Filters): FredFilter | undefined {
  if (variable === undefined && value === undefined) {
    return units === undefined ? undefined : { variable: 'units', value: units };
  }
  if (variable === undefined || value === undefined) {
    const [field, other] =
      value === undefined ? ['filter_value', 'filter_variable'] : ['filter_variable', 'filter_value'];
    throw refused(
      `FRED’s filter is a variable and its value, and ${field} is missing.`,
      field,
      `Give it beside ${other}.`,
    );
  }
  if (units === undefined) return { variable, value };
  const cure = 'Leave one of them out. Frequency and seasonal adjustment are tags too: give them as such.';
  throw refused('FRED filters by one variable a request, and `units` is one beside `filter_variable`.', 'units', cure);
}

const refused = (detail: string, field: string, cure: string) =>
  new Problem(422, 'filter-refused', detail, { field, cure });
