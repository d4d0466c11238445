import { type DataProblem, emit, flow } from '@bellwether/contracts';
import { findDataset, markReady, markRejected, markValidating, type Validated } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import { ObjectStoreError } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { uploadOf } from '../domain/keys.ts';
import { storeTable } from '../tables/store-table.ts';

/** An upload arrived: parse it, profile it, store it as Parquet; then the dataset is ready, or rejected with its problems. */
export const validateUpload: Handler<'ingest', typeof flow.datasetUploaded, Deps> = async (
  message,
  deps,
  { signal },
) => {
  const upload = uploadOf(message.body.key);
  const dataset = upload && (await findDataset(deps.database.read, upload.tenantId, upload.datasetId));
  if (dataset === undefined || dataset.status === 'ready' || dataset.status === 'rejected') {
    deps.log.info({ key: message.body.key }, 'an upload for no waiting dataset is ignored');
    return async () => [];
  }
  await deps.database.transact((tx) => markValidating(tx, dataset.id, message.body, deps.now()));
  const verdict = await inspect(message.body, dataset, deps, signal);

  return async (tx) => {
    const about = { datasetId: dataset.id, name: dataset.name };
    if (verdict.ok) {
      if (!(await markReady(tx, dataset.id, verdict.validated, deps.now()))) return [];
      const { profile, schema } = verdict.validated;
      return [emit(flow.datasetReady, { ...about, rows: profile.rows, columns: schema.length })];
    }
    if (!(await markRejected(tx, dataset.id, verdict.problems, deps.now()))) return [];
    return [emit(flow.datasetRejected, { ...about, reason: reasonOf(verdict.problems) })];
  };
};

type Verdict =
  | { readonly ok: true; readonly validated: Validated }
  | { readonly ok: false; readonly problems: readonly DataProblem[] };

async function inspect(
  object: { readonly key: string; readonly etag: string; readonly size: number },
  dataset: {
    readonly id: string;
    readonly tenant_id: string;
    readonly format: Validated['format'] | null;
    readonly roles: string;
  },
  deps: Deps,
  signal: AbortSignal,
): Promise<Verdict> {
  if (object.size > deps.config.MAX_UPLOAD_BYTES) {
    return { ok: false, problems: [tooLarge(object.size, deps.config.MAX_UPLOAD_BYTES)] };
  }
  try {
    // The etag of the notification: what a second upload put there meanwhile has a notification of its own.
    await using source = await deps.store.localCopy(object.key, { ifMatch: object.etag });
    return await storeTable(
      {
        source: source.path,
        tenantId: dataset.tenant_id,
        datasetId: dataset.id,
        roles: JSON.parse(dataset.roles),
        ...(dataset.format === null ? {} : { format: dataset.format }),
      },
      deps,
      signal,
    );
  } catch (error) {
    if (error instanceof ObjectStoreError && error.code !== 'invalid-key') {
      return { ok: false, problems: [changed(error.message)] };
    }
    throw error;
  }
}

function tooLarge(size: number, limit: number): DataProblem {
  return {
    code: 'too-large',
    severity: 'error',
    message: `The upload has ${size} bytes; ${limit} are allowed.`,
    cure: 'Split the table, or raise MAX_UPLOAD_BYTES.',
  };
}

function changed(detail: string): DataProblem {
  return {
    code: 'upload-changed',
    severity: 'error',
    message: `The upload changed or vanished before it was read: ${detail}`,
    cure: 'Announce the dataset again and upload it once.',
  };
}

/** The first error, for those who only hear of the rejection. */
export function reasonOf(problems: readonly DataProblem[]): string {
  const first = problems.find((problem) => problem.severity === 'error') ?? problems[0];
  return first === undefined ? 'unknown' : `${first.code}: ${first.message}`;
}
