import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FeatureRecipe, Problem } from '@bellwether/contracts';
import { eachRow, inspectUpload, itemName, predictPeriods } from '@bellwether/datasets';
import type { JobWatch } from '@bellwether/platform';
import type { WrittenPredictions } from '../batch/write-predictions.ts';
import type { Deps } from '../deps.ts';
import type { BatchPlan } from '../domain/batch-plan.ts';
import type { LoadedVersion } from '../models/loaded-models.ts';
import { deriveFeatures, type StoredDataset } from './derive-features.ts';
import { predictLabels, predictNumbers } from './instance-of.ts';
import { openStepInputs } from './step-inputs.ts';

export interface NextPeriodsOrder {
  readonly dataset: StoredDataset;
  readonly recipe: FeatureRecipe;
  readonly loaded: LoadedVersion;
  readonly plan: BatchPlan & { readonly periods: number };
}

interface Predicted {
  readonly item: string;
  /** first day, in milliseconds since the epoch */
  readonly periodStart: number;
  readonly prediction: unknown;
}

/** For all items' periods; what is more goes to a file. */
const memoryBytes = 256 * 2 ** 20;

/**
 * Predicts the next periods of all items of a dataset, and stores them as a table under a key of this attempt: item,
 * first day of the period, prediction. Computed from the dataset itself and not from the items at hand, which follow a
 * new dataset a moment later.
 */
export async function writeNextPeriods(
  order: NextPeriodsOrder,
  deps: Pick<Deps, 'config' | 'database' | 'store' | 'workFolder' | 'newId'>,
  watch: JobWatch,
): Promise<WrittenPredictions> {
  const { dataset, plan } = order;
  const attempt = deps.newId('at');
  const folder = join(deps.workFolder, attempt);
  const [csv, output] = [join(folder, 'predictions.csv'), join(folder, 'predictions.parquet')];
  try {
    await mkdir(folder);
    await writeRecords(csv, order, predictedPeriods(order, folder, deps, watch));
    const { roles } = plan;
    const made = await inspectUpload({
      source: csv,
      output,
      format: 'csv',
      roles,
      workDir: folder,
      signal: watch.signal,
    });
    if (!made.ok) return { kind: 'refused', code: 'items-refused', detail: made.problems[0]?.message ?? 'No items.' };
    const key = `derived/${dataset.tenant_id}/${plan.datasetId}/${attempt}.parquet`;
    await deps.store.putFile(key, output);
    return { kind: 'written', key };
  } catch (error) {
    if (watch.cancelled()) return { kind: 'cancelled' };
    if (error instanceof Problem) return { kind: 'refused', code: error.code, detail: error.message };
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* predictedPeriods(
  { dataset, recipe, loaded, plan }: NextPeriodsOrder,
  folder: string,
  deps: Pick<Deps, 'config' | 'database' | 'store' | 'workFolder'>,
  { signal, onProgress }: JobWatch,
): AsyncGenerator<Predicted[]> {
  const files = { output: join(folder, 'next.parquet'), history: join(folder, 'history.parquet') };
  const periodStart = await deriveFeatures(dataset, recipe, files, { ...deps, workFolder: folder }, signal);
  if (plan.periods === 1) {
    for await (const rows of eachRow(files.output)) {
      signal.throwIfAborted();
      const predictions = predictLabels(rows, loaded);
      yield rows.map((row, place) => ({ item: String(row[itemName]), periodStart, prediction: predictions[place] }));
    }
    return;
  }
  await using inputs = await openStepInputs(dataset.tenant_id, recipe.steps, deps);
  yield* predictPeriods({
    periods: plan.periods,
    periodStart,
    steps: recipe.steps,
    table: { columns: JSON.parse(dataset.schema ?? '[]'), roles: recipe.roles },
    files: inputs.files,
    others: inputs.others,
    history: files.history,
    target: recipe.target,
    predict: (rows) => predictNumbers(rows, loaded),
    spill: folder,
    memoryBytes,
    signal,
    onProgress,
  });
}

async function writeRecords(
  path: string,
  { plan }: NextPeriodsOrder,
  periods: AsyncIterable<Predicted[]>,
): Promise<void> {
  const { item = '', timestamp = '' } = plan.roles;
  await writeFile(path, record([item, timestamp, plan.predictionColumn]));
  for await (const some of periods) {
    const lines = some.map(({ item, periodStart, prediction }) =>
      record([item, new Date(periodStart).toISOString().slice(0, 10), String(prediction)]),
    );
    await appendFile(path, lines.join(''));
  }
}

/** https://www.rfc-editor.org/rfc/rfc4180 */
const record = (fields: readonly string[]): string =>
  `${fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')}\n`;
