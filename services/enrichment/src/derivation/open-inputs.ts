import { type Column, type EnrichmentStep, Problem } from '@bellwether/contracts';
import { type DatasetTable, findDataset } from '@bellwether/database';
import type { StepNote } from '@bellwether/datasets';
import type { Deps } from '../deps.ts';
import { writeSeries } from './write-series.ts';

/** Files that the steps of an enrichment read; disposing of it removes what was copied for it. */
export interface Inputs extends AsyncDisposable {
  /** the table that is enriched */
  readonly source: string;
  /** series and other datasets, by id */
  readonly files: Readonly<Record<string, string>>;
  /** what there is to say of the series */
  readonly notes: readonly StepNote[];
  /** schemas of the other datasets, by id */
  readonly others: Readonly<Record<string, readonly Column[]>>;
}

/**
 * Brings the objects that steps need to local files.
 * @throws Problem `dataset-not-found` when a dataset was deleted meanwhile
 */
export async function openInputs(
  dataset: DatasetTable,
  steps: readonly EnrichmentStep[],
  deps: Deps,
  signal: AbortSignal,
): Promise<Inputs> {
  const { database, store } = deps;
  const copies = new AsyncDisposableStack();
  try {
    const source = copies.use(await store.localCopy(dataset.data_key ?? '')).path;
    const files: Record<string, string> = {};
    const others: Record<string, readonly Column[]> = {};
    for (const id of joinedDatasets(steps)) {
      signal.throwIfAborted();
      const other = await findDataset(database.read, dataset.tenant_id, id);
      if (other?.data_key == null) throw gone(id);
      files[id] = copies.use(await store.localCopy(other.data_key)).path;
      others[id] = JSON.parse(other.schema ?? '[]');
    }
    const series = copies.use(await writeSeries(steps, deps, signal));
    Object.assign(files, series.files);
    return { source, files, others, notes: series.notes, [Symbol.asyncDispose]: () => copies.disposeAsync() };
  } catch (error) {
    await copies.disposeAsync();
    throw error;
  }
}

/** Ids of the datasets that steps join, each once. */
export function joinedDatasets(steps: readonly EnrichmentStep[]): string[] {
  return [...new Set(steps.flatMap((step) => (step.kind === 'join' ? [step.dataset] : [])))];
}

function gone(id: string): Problem {
  return new Problem(409, 'dataset-not-found', `The dataset ${id}, which a step joins, was deleted.`, {
    cure: 'Upload it again and name its new id.',
  });
}
