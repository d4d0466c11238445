/**
 * Where observations of an economic series are kept; series are public, so tenants share them. Enrichment writes them,
 * inference reads them for features of what comes next.
 *
 * @param vintages with all that was ever published, or as it is now
 */
export const seriesKey = (id: string, vintages: boolean): string =>
  `series/${vintages ? 'vintages' : 'observations'}/${id}.json`;
