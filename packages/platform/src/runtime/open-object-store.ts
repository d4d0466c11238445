import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config/variables.ts';
import type { Mount } from '../http/index.ts';
import { uploadedMessage } from '../messages/uploaded.ts';
import {
  createS3Client,
  fileStoreRoutes,
  type ObjectHead,
  type ObjectStore,
  openFileStore,
  openS3Store,
} from '../object-store/index.ts';
import type { Queue } from '../queue/index.ts';

export interface OpenedObjectStore {
  readonly store: ObjectStore;
  /** routes of signed URLs, where they point to our own port */
  readonly mounts: readonly Mount[];
  /** Says where clients reach this process. */
  announce(url: string): void;
}

/** The object store that the configuration names. Uploads into S3 are notified by the bucket, into files by us. */
export async function openObjectStore(
  config: Config,
  deps: { readonly queue: Queue; readonly log: Logger; readonly now: () => number },
): Promise<OpenedObjectStore> {
  if (config.OBJECT_STORE === 's3') {
    const options = { region: config.AWS_REGION };
    const at = (endpoint: string | undefined) => (endpoint === undefined ? options : { ...options, endpoint });
    const store = openS3Store({
      client: createS3Client(at(config.AWS_ENDPOINT_URL)),
      presignClient: createS3Client(at(config.S3_PUBLIC_ENDPOINT ?? config.AWS_ENDPOINT_URL)),
      bucket: config.S3_BUCKET,
    });
    return { store, mounts: [], announce: () => undefined };
  }

  let url = '';
  const store = await openFileStore({
    folder: join(config.DATA_DIR, 'store'),
    durability: config.DURABILITY,
    publicUrl: () => url,
    onUploaded: (object) => notify(object, deps),
    onNotificationFailed: (error, key) => deps.log.warn({ err: error, key }, 'an upload was not notified yet'),
  });
  await store.recover();
  return {
    store,
    mounts: [{ prefix: '/objects/', handle: fileStoreRoutes(store) }],
    announce: (announced) => {
      url = announced;
    },
  };
}

/** Says of an arrived object what the bucket's notification says on S3. Throws to be called again. */
async function notify(
  object: ObjectHead,
  { queue, now }: { readonly queue: Queue; readonly now: () => number },
): Promise<void> {
  const message = uploadedMessage(object, now());
  if (message === undefined) return;
  const [failure] = await queue.send('ingest', [message]);
  if (failure !== undefined) throw new Error(failure.reason);
}
