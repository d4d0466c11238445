import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DataProblem, Problem } from '@bellwether/contracts';
import type { DatasetTable } from '@bellwether/database';
import { deriveDataset, type StepNote, writeSplit } from '@bellwether/datasets';
import type { Deps } from '../deps.ts';
import type { EnrichmentPlan, PlannedOutput } from '../domain/plan-enrichment.ts';
import { openInputs } from './open-inputs.ts';

type Part = PlannedOutput['part'];

export type Derived =
  | { readonly ok: true; readonly keys: Partial<Record<Part, string>>; readonly notes: readonly StepNote[] }
  | { readonly ok: false; readonly code: string; readonly reason: string };

const parts: readonly Part[] = ['enriched', 'train', 'test', 'actuals'];

/**
 * Evaluates a plan over a stored dataset, and stores the outputs under keys of this attempt. No file of it stays in the
 * work folder, however it ends.
 */
export async function derive(
  dataset: DatasetTable,
  plan: EnrichmentPlan,
  deps: Deps,
  signal: AbortSignal,
): Promise<Derived> {
  const { store, workFolder, newId } = deps;
  const attempt = newId('at');
  const file = (part: Part) => join(workFolder, `${attempt}-${part}.parquet`);
  try {
    const written = await writeParts(dataset, plan, file, deps, signal);
    if (!written.ok) return { ok: false, code: 'derivation-failed', reason: reasonOf(written.problems) };
    const keys: Partial<Record<Part, string>> = {};
    for (const { part, datasetId } of plan.outputs) {
      const key = `derived/${dataset.tenant_id}/${datasetId}/${attempt}.parquet`;
      await store.putFile(key, file(part));
      keys[part] = key;
    }
    return { ok: true, keys, notes: written.notes };
  } catch (error) {
    // what a user can mend ends the job; what may pass is tried again
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    return { ok: false, code: error.code, reason: [error.message, error.options.cure].join(' ').trim() };
  } finally {
    for (const part of parts) await rm(file(part), { force: true });
  }
}

type Written =
  | { readonly ok: true; readonly notes: readonly StepNote[] }
  | { readonly ok: false; readonly problems: readonly DataProblem[] };

async function writeParts(
  dataset: DatasetTable,
  plan: EnrichmentPlan,
  file: (part: Part) => string,
  deps: Deps,
  signal: AbortSignal,
): Promise<Written> {
  const { config, workFolder, spare } = deps;
  const limits = {
    memoryBytes: config.PARSE_MEMORY_MB * 2 ** 20,
    wallMilliseconds: config.PARSE_TIMEOUT_SECONDS * 1000,
  };
  const options = { workDir: workFolder, signal, limits, spare };
  await using inputs = await openInputs(dataset, plan.steps, deps, signal);
  const derived = await deriveDataset(inputs.source, {
    steps: plan.steps,
    table: { columns: JSON.parse(dataset.schema ?? '[]'), roles: JSON.parse(dataset.roles) },
    files: inputs.files,
    others: inputs.others,
    output: file('enriched'),
    ...options,
  });
  if (!derived.ok) return derived;
  const notes = [...inputs.notes, ...derived.notes];
  if (plan.split === undefined) return { ok: true, notes };
  const outputs = { train: file('train'), test: file('test'), actuals: file('actuals') };
  const split = await writeSplit(file('enriched'), { ...plan.split, outputs, ...options });
  if (!split.ok) return split;
  return { ok: true, notes: split.undated === 0 ? notes : [...notes, undatedNote(split.undated)] };
}

const undatedNote = (rows: number): StepNote => ({
  code: 'undated-rows-trained',
  message: 'Rows without a date are in the train part: nobody can say that they are later than what is learned from.',
  rows,
});

function reasonOf(problems: readonly DataProblem[]): string {
  return problems.map(({ code, message, cure }) => `${code}: ${message} ${cure ?? ''}`.trim()).join('; ');
}
