import { type DatasetFormat, Problem, type Roles } from '@bellwether/contracts';
import { datasetDocument, insertDataset, type Tx } from '@bellwether/database';
import { type Route, uploadKey } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { announcedDataset } from '../domain/announce.ts';

/** `POST /v1/datasets` */
export const createDataset: Route<'createDataset', Deps> = async ({ tenantId, body }, deps) => {
  const announced = await announce({ tenantId, ...body }, deps);
  return {
    commit: async (tx) => {
      await announced.insert(tx);
      return { body: announced.created, messages: [] };
    },
  };
};

/** `POST /pre-signed-s3-url`: the same under the shell client's words. */
export const presignUpload: Route<'presignUpload', Deps> = async ({ tenantId, body }, deps) => {
  const { name = 'default', contentLength } = body;
  // The shell client sends the URL and nothing else.
  const announced = await announce({ tenantId, name, contentLength, withoutHeaders: true }, deps);
  const { created } = announced;
  return {
    commit: async (tx) => {
      await announced.insert(tx);
      return { body: { ...created, url: created.upload.url, datasetId: created.dataset.id }, messages: [] };
    },
  };
};

interface Request {
  readonly tenantId: string;
  readonly name: string;
  readonly format?: DatasetFormat | undefined;
  readonly roles?: Roles | undefined;
  readonly contentLength?: number | undefined;
  readonly withoutHeaders?: boolean;
}

async function announce(request: Request, { config, store, newId, now }: Deps) {
  const { tenantId, name, format, roles, contentLength, withoutHeaders = false } = request;
  if (contentLength !== undefined && contentLength > config.MAX_UPLOAD_BYTES) {
    throw new Problem(
      413,
      'too-large',
      `${contentLength} bytes are more than the ${config.MAX_UPLOAD_BYTES} allowed.`,
      {
        field: 'contentLength',
        cure: 'Split the table, or raise MAX_UPLOAD_BYTES.',
      },
    );
  }
  const id = newId('ds');
  const key = uploadKey(tenantId, id);
  const row = announcedDataset({ id, tenantId, name, format, roles, uploadKey: key }, now());
  const signed = await store.signUpload(key, {
    expiresInSeconds: config.UPLOAD_EXPIRES_SECONDS,
    maxBytes: config.MAX_UPLOAD_BYTES,
    withoutHeaders,
    ...(contentLength === undefined ? {} : { contentLength }),
  });
  const upload = { ...signed, headers: { ...signed.headers }, expiresAt: new Date(signed.expiresAt).toISOString() };
  return {
    created: { dataset: datasetDocument(row), upload },
    insert: (tx: Tx) => insertDataset(tx, row),
  };
}
