import type { EnrichmentStep, FeatureRecipe, Roles } from '@bellwether/contracts';
import type { DatasetTable } from '@bellwether/database';

type Lineage = Pick<DatasetTable, 'name' | 'roles' | 'recipe'>;

/** The steps of an enrichment that made a dataset; undefined of one that was uploaded or made otherwise. */
export function stepsThatMade({ recipe }: Pick<DatasetTable, 'recipe'>): EnrichmentStep[] | undefined {
  const { steps } = JSON.parse(recipe ?? '{}') as { steps?: EnrichmentStep[] };
  return steps !== undefined && steps.length > 0 ? steps : undefined;
}

/**
 * What leads from an uploaded dataset to the one that was trained on.
 *
 * @param chain the dataset, the one it was derived from, and so on to the one that was uploaded
 */
export function featureRecipe(chain: readonly Lineage[], target: string): FeatureRecipe | undefined {
  const source = chain.at(-1);
  const steps = chain
    .slice(0, -1)
    .toReversed()
    .flatMap((dataset) => stepsThatMade(dataset) ?? []);
  if (source === undefined || steps.length === 0) return undefined;
  const roles = JSON.parse(source.roles) as Roles;
  const grouping = steps.findLast((step) => step.kind === 'aggregate');
  const { item, date: timestamp } = grouping ?? { item: roles.item, date: roles.timestamp };
  return {
    source: source.name,
    roles,
    steps,
    target,
    ...(item === undefined ? {} : { item }),
    ...(timestamp === undefined ? {} : { timestamp }),
    ...(grouping === undefined ? {} : { period: grouping.period }),
  };
}
