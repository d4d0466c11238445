import { stat } from 'node:fs/promises';
import type { Column, DataProblem, Profile, Roles } from '@bellwether/contracts';
import { isOutOfMemory } from './child/refusal.ts';
import { detectFormat, type Format } from './detect-format.ts';
import type { OpenForWidth } from './duckdb/open-for-width.ts';
import { type FirstLook, lookFirst } from './infer/first-look.ts';
import type { Limits } from './limits.ts';
import { fault, RefusedData, refuse } from './problem.ts';
import { buildProfile } from './profile/build-profile.ts';
import type { RawTable } from './raw-table.ts';
import { gapsInRoles, missingRoles } from './roles.ts';
import type { Staging } from './staging.ts';
import { storeColumns } from './store-columns.ts';

export interface InspectTask {
  readonly kind: 'inspect';
  readonly source: string;
  /** Parquet file to write */
  readonly output: string;
  readonly format?: Format | undefined;
  readonly roles: Roles;
}

export interface InspectedTable {
  readonly format: Format;
  readonly schema: Column[];
  readonly profile: Profile;
  /** warnings */
  readonly problems: DataProblem[];
  readonly rows: number;
  readonly columns: number;
}

/** Loads the reader of one format alone: the time to load all of them would be waited for with every upload. */
async function stageTable(format: Format, staging: Staging): Promise<RawTable> {
  if (format === 'npy') return (await import('./npy/stage-npy.ts')).stageNpy(staging);
  if (format === 'parquet') return (await import('./parquet/stage-parquet.ts')).stageParquet(staging);
  return (await import('./csv/stage-csv.ts')).stageCsv(staging);
}

async function refuseBySize(source: string, limits: Limits): Promise<void> {
  const { size } = await stat(source);
  if (size === 0) refuse('empty-file', 'The file is empty.', 'Upload a file with data.');
  if (size > limits.bytes) {
    refuse('too-many-bytes', `The file has ${size} bytes; ${limits.bytes} are the most.`, 'Upload a smaller one.');
  }
}

/**
 * Reads an upload, decides what its columns are, stores it as Parquet and profiles it.
 *
 * @param folder for staged and spilled data
 * @throws RefusedData with the problems of the upload
 */
export async function inspectTable(
  task: InspectTask,
  open: OpenForWidth,
  folder: string,
  limits: Limits,
): Promise<InspectedTable> {
  await refuseBySize(task.source, limits);
  const format = await detectFormat(task.source, task.format);
  try {
    return await inspectFormat(format, task, open, folder, limits);
  } catch (error) {
    // pages are read as late as for the profile
    if (format === 'parquet' && !(error instanceof RefusedData) && !isOutOfMemory(error)) throw corruptFile(error);
    throw error;
  }
}

const corruptFile = (cause: unknown): RefusedData =>
  new RefusedData(
    [
      fault(
        'corrupt-file',
        'The data in the Parquet file cannot be read.',
        'Write it again, and upload the whole of it.',
      ),
    ],
    { cause },
  );

async function inspectFormat(
  format: Format,
  task: InspectTask,
  open: OpenForWidth,
  folder: string,
  limits: Limits,
): Promise<InspectedTable> {
  let ahead: { readonly query: string; readonly found: Promise<FirstLook | undefined> } | undefined;
  const staging: Staging = {
    source: task.source,
    folder,
    limits,
    async open(columns) {
      if (columns <= limits.columns) return open(columns);
      const message = `The table has ${columns} columns; ${limits.columns} are the most.`;
      return refuse('too-many-columns', message, 'Leave out columns, or turn them into rows.');
    },
    checkNames(names) {
      const missing = missingRoles(task.roles, names);
      if (missing.length > 0) throw new RefusedData(missing);
    },
    lookAhead(raw) {
      const look = async () => lookFirst((await open(raw.columns.length)).connection, raw, task.roles.target);
      // what is wrong with the first rows is told by whoever reads all of them
      ahead = { query: raw.query, found: look().catch(() => undefined) };
    },
  };
  const table = await stageTable(format, staging).finally(() => ahead?.found);
  const first = ahead?.query === table.query ? await ahead?.found : undefined;
  try {
    return await describeAndStore(format, table, task, open, first);
  } catch (error) {
    throw table.explain?.(error) ?? error;
  }
}

async function describeAndStore(
  format: Format,
  table: RawTable,
  task: InspectTask,
  open: OpenForWidth,
  first: FirstLook | undefined,
): Promise<InspectedTable> {
  const width = table.columns.length;
  const { decisions, findings } = await storeColumns(table, task, open, first);
  const stored = table.columns.map(({ name }, index) => ({ name, kind: decisions[index]?.kind ?? 'string' }));
  const { target, timestamp } = task.roles;
  const measured = new Set([target, timestamp].filter((name) => name !== undefined));
  const { connection } = await open(width);
  const profiled = await buildProfile(connection, task.output, stored, table.rows, measured);
  const { schema, profile } = profiled;
  // A table of one item is not amiss.
  const problems = profiled.problems.filter(
    ({ code, column }) => code !== 'constant-column' || column !== task.roles.item,
  );
  return {
    format,
    schema,
    profile,
    problems: [...table.problems, ...findings, ...problems, ...gapsInRoles(task.roles, profile)],
    rows: table.rows,
    columns: schema.length,
  };
}
