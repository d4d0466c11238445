import { type DataProblem, emit, flow } from '@bellwether/contracts';
import {
  type DatasetTable,
  lockDataset,
  markReady,
  markRejected,
  markValidating,
  type Validated,
} from '@bellwether/database';
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
  const dataset = await awaitedDataset(message.body, deps);
  if (dataset === undefined) {
    deps.log.info({ key: message.body.key }, 'an upload for no waiting dataset is ignored');
    return async () => [];
  }
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

type Uploaded = { readonly key: string; readonly etag: string; readonly size: number };

/**
 * The dataset that waits for this upload, marked as being validated. A second upload under the same key, which S3 takes
 * from clients that send no headers, is nobody's: the first one's etag stands in the row, and only that is read.
 */
async function awaitedDataset(object: Uploaded, { database, now }: Deps): Promise<DatasetTable | undefined> {
  const upload = uploadOf(object.key);
  if (upload === undefined) return undefined;
  return await database.transact(async (tx) => {
    const row = await lockDataset(tx, upload.tenantId, upload.datasetId);
    if (row === undefined || row.upload_key !== object.key) return undefined;
    if (await markValidating(tx, row.id, object, now())) return row;
    return row.status === 'validating' && row.upload_etag === object.etag ? row : undefined;
  });
}

type Verdict =
  | { readonly ok: true; readonly validated: Validated }
  | { readonly ok: false; readonly problems: readonly DataProblem[] };

async function inspect(object: Uploaded, dataset: DatasetTable, deps: Deps, signal: AbortSignal): Promise<Verdict> {
  if (object.size > deps.config.MAX_UPLOAD_BYTES) {
    return { ok: false, problems: [tooLarge(object.size, deps.config.MAX_UPLOAD_BYTES)] };
  }
  const copy = await copyOf(object, deps);
  if (!copy.ok) return copy;
  await using source = copy.file;
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
}

/** What the uploader can mend is a problem of the dataset; a store that fails is ours, and the upload is tried again. */
async function copyOf({ key, etag }: Uploaded, { store }: Deps) {
  try {
    return { ok: true, file: await store.localCopy(key, { ifMatch: etag }) } as const;
  } catch (error) {
    if (error instanceof ObjectStoreError && (error.code === 'object-not-found' || error.code === 'object-changed')) {
      return { ok: false, problems: [changed(error.message)] } as const;
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
