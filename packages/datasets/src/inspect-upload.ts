import type { DataProblem, Roles } from '@bellwether/contracts';
import { runTask, type TaskOptions } from './child/run-task.ts';
import type { Format } from './detect-format.ts';
import type { InspectedTable } from './inspect-table.ts';

export interface UploadToInspect extends TaskOptions {
  /** path of the upload */
  readonly source: string;
  /** path of the Parquet file to write */
  readonly output: string;
  /** as announced by the uploader; found out if not given */
  readonly format?: Format | undefined;
  readonly roles?: Roles | undefined;
}

export type Inspection =
  | ({ readonly ok: true } & InspectedTable)
  | { readonly ok: false; readonly problems: DataProblem[] };

/**
 * Reads an uploaded CSV, `.npy` or Parquet file in a child process, decides what its columns are, profiles it and
 * stores it as Parquet. Whatever is wrong with the file, down to one that crashes its parser, is a problem in the
 * answer; then there is no output.
 *
 * @example
 * const inspection = await inspectUpload({ source, output, workDir, roles: { target: 'price' } });
 * if (inspection.ok) console.log(inspection.schema, inspection.profile.rows);
 * else console.log(inspection.problems[0]?.message, inspection.problems[0]?.cure);
 *
 * @throws the signal's reason when aborted, or an error of the file system
 */
export async function inspectUpload(upload: UploadToInspect): Promise<Inspection> {
  const { source, output, format, roles = {} } = upload;
  const outcome = await runTask<'inspect'>([source], [output], upload, (partial) => ({
    kind: 'inspect',
    source,
    output: partial(output),
    format,
    roles,
  }));
  return outcome.ok ? { ok: true, ...outcome.result } : outcome;
}
