import { type Column, type EnrichmentStep, Problem } from '@bellwether/contracts';
import { findDataset } from '@bellwether/database';
import { seriesOfSteps } from '@bellwether/datasets';
import { type Platform, seriesKey } from '@bellwether/platform';

/** Files that steps read besides their table; disposing of it removes the copies. */
export interface StepInputs extends AsyncDisposable {
  /** paths of series and of other datasets, by id */
  readonly files: Readonly<Record<string, string>>;
  /** schemas of other datasets, by id */
  readonly others: Readonly<Record<string, readonly Column[]>>;
}

/**
 * Brings what steps read to local files: other datasets, and series as enrichment has last stored them.
 * @throws Problem `dataset-not-found`, `series-not-found`
 */
export async function openStepInputs(
  tenantId: string,
  steps: readonly EnrichmentStep[],
  { database, store }: Pick<Platform, 'database' | 'store'>,
): Promise<StepInputs> {
  await using copies = new AsyncDisposableStack();
  const files: Record<string, string> = {};
  const others: Record<string, readonly Column[]> = {};
  for (const id of steps.flatMap((step) => (step.kind === 'join' ? [step.dataset] : []))) {
    const other = await findDataset(database.read, tenantId, id);
    if (other?.data_key == null) throw gone('dataset', id);
    files[id] = copies.use(await store.localCopy(other.data_key)).path;
    others[id] = JSON.parse(other.schema ?? '[]');
  }
  for (const [id, vintages] of seriesOfSteps(steps)) {
    const key = seriesKey(id, vintages);
    if ((await store.head(key)) === undefined) throw gone('series', id);
    files[id] = copies.use(await store.localCopy(key)).path;
  }
  const kept = copies.move();
  return { files, others, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

function gone(what: 'dataset' | 'series', id: string): Problem {
  return new Problem(409, `${what}-not-found`, `The ${what} ${id}, which a step of the model reads, is gone.`, {
    cure: 'Enrich the newest dataset again, and train the model on it.',
  });
}
