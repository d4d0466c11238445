import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Column, type DataProblem, EnrichmentStep, type Roles } from '@bellwether/contracts';
import { problemsOf } from '../src/child/refusal.ts';
import { createOpener } from '../src/duckdb/open-for-width.ts';
import { type Row, readRows } from '../src/read/read-rows.ts';
import { deriveTable } from '../src/steps/derive-table.ts';
import { resolveSteps } from '../src/steps/resolve-steps.ts';
import type { StepNote } from '../src/steps/step-definition.ts';
import { inspectHere, temporaryFolder } from './inspect-here.ts';

export interface DeriveOptions {
  readonly roles?: Roles;
  /** observations of series, by id */
  readonly series?: Readonly<Record<string, readonly object[]>>;
  /** CSV texts of other datasets, by id */
  readonly others?: Readonly<Record<string, string>>;
}

export interface DerivedHere {
  readonly rows: readonly Row[];
  readonly columns: readonly string[];
  readonly notes: readonly StepNote[];
  readonly problems: readonly DataProblem[];
  readonly output: string;
}

/** Uploads a CSV, checks the steps against its schema and evaluates them: all that the child does, in this process. */
export async function deriveHere(
  csv: string,
  steps: readonly object[],
  { roles = {}, series = {}, others = {} }: DeriveOptions = {},
): Promise<DerivedHere> {
  const uploaded = await inspectHere(csv, { roles });
  if (!uploaded.ok) throw new Error(uploaded.problems.map(({ message }) => message).join(' '));
  const folder = await temporaryFolder();
  const files: Record<string, string> = {};
  const schemas: Record<string, readonly Column[]> = {};
  for (const [id, observations] of Object.entries(series)) {
    files[id] = join(folder, `${id}.json`);
    await writeFile(files[id], JSON.stringify({ observations }));
  }
  for (const [id, text] of Object.entries(others)) {
    const other = await inspectHere(text);
    if (!other.ok) throw new Error(id);
    files[id] = other.output;
    schemas[id] = other.schema;
  }
  const table = { columns: uploaded.schema, roles };
  const resolved = resolveSteps(
    steps.map((step) => EnrichmentStep.parse(step)),
    table,
    (id) => schemas[id],
  );
  const output = join(folder, 'derived.parquet');
  const spill = await mkdtemp(join(folder, 'spill-'));
  const paths = [uploaded.output, output, ...Object.values(files)];
  const { open, close } = createOpener({ paths, folder: spill, memoryBytes: 572 * 2 ** 20 });
  const columns = resolved.table.columns.map(({ name }) => name);
  try {
    const { steps: kept } = resolved;
    const task = {
      kind: 'derive',
      source: uploaded.output,
      output,
      steps: kept,
      table,
      files,
      others: schemas,
    } as const;
    const { notes } = await deriveTable(task, open);
    return { rows: await readRows(output, { offset: 0, limit: 1000 }), columns, notes, problems: [], output };
  } catch (error) {
    return { rows: [], columns, notes: [], problems: problemsOf(error), output };
  } finally {
    close();
  }
}
