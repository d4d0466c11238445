import type { FeatureRecipe } from '@bellwether/contracts';
import { type DatasetTable, findDataset, type Tx } from '@bellwether/database';
import { featureRecipe, stepsThatMade } from '../domain/feature-recipe.ts';

/** Enrichments of enrichments end somewhere; a lineage longer than this is not looked through. */
const longest = 20;

/** How a dataset was derived from an uploaded one; undefined when it was not, or when that one was deleted. */
export async function findRecipe(tx: Tx, dataset: DatasetTable, target: string): Promise<FeatureRecipe | undefined> {
  const chain = [dataset];
  for (let current = dataset; isEnriched(current) && chain.length <= longest; ) {
    const [parent] = JSON.parse(current.parents) as string[];
    const found = await findDataset(tx, dataset.tenant_id, parent ?? '');
    if (found === undefined) return undefined;
    chain.push(found);
    current = found;
  }
  return featureRecipe(chain, target);
}

/** Made by an enrichment, though perhaps one that only split. */
function isEnriched(dataset: DatasetTable): boolean {
  const { part } = JSON.parse(dataset.recipe ?? '{}') as { part?: string };
  return part !== undefined || stepsThatMade(dataset) !== undefined;
}
