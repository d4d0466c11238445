import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Roles } from '@bellwether/contracts';
import { afterAll } from '@jest/globals';
import { problemsOf } from '../src/child/refusal.ts';
import type { Format } from '../src/detect-format.ts';
import { createOpener } from '../src/duckdb/open-for-width.ts';
import { inspectTable } from '../src/inspect-table.ts';
import type { Inspection } from '../src/inspect-upload.ts';
import { defaultLimits, type Limits } from '../src/limits.ts';

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A folder that is gone after the tests of the file. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-datasets-'));
  folders.push(folder);
  return folder;
}

export interface Options {
  readonly roles?: Roles;
  readonly format?: Format;
  readonly limits?: Partial<Limits>;
}

/** What the child process does with an upload, done in this one: ten times as fast. */
export async function inspectHere(
  content: string | Uint8Array,
  { roles = {}, format, limits }: Options = {},
): Promise<Inspection & { readonly output: string }> {
  const folder = await temporaryFolder();
  const source = join(folder, 'upload');
  const output = join(folder, 'stored.parquet');
  const spill = await mkdtemp(join(folder, 'spill-'));
  await writeFile(source, content);
  const { open, close } = createOpener({ paths: [source, output], folder: spill, memoryBytes: 572 * 2 ** 20 });
  try {
    const task = { kind: 'inspect', source, output, format, roles } as const;
    const table = await inspectTable(task, open, spill, { ...defaultLimits, ...limits });
    return { ok: true, ...table, output };
  } catch (error) {
    return { ok: false, problems: [...problemsOf(error)], output };
  } finally {
    close();
  }
}

/** The problems as `code column:row`, the shortest form that tells them apart. */
export const summarize = (inspection: Inspection): string[] =>
  inspection.problems.map(({ code, column, row }) => `${code} ${column ?? ''}:${row ?? ''}`);

/** `name kind` of each column, with `?` where values are missing. */
export function kinds(inspection: Inspection): string[] {
  if (!inspection.ok) throw new Error(`refused: ${inspection.problems.map(({ message }) => message).join(' ')}`);
  return inspection.schema.map(({ name, kind, nullable }) => `${name} ${kind}${nullable ? '?' : ''}`);
}

export const filesIn = (folder: string): Promise<string[]> => readdir(folder);
