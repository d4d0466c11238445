import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { attachment } from '../content-disposition.ts';
import { checkedFolderPrefix, checkedKey } from '../object-key.ts';
import {
  type ByteRange,
  type GetOptions,
  type ObjectHead,
  type ObjectStore,
  ObjectStoreError,
} from '../object-store.ts';
import { bucketMissing, isMissing, readError } from './s3-errors.ts';
import { copyToTemporary } from './s3-local-copy.ts';

export interface S3StoreOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /** signs URLs; its endpoint is the one that clients reach, which may differ from the services'; `client` by default */
  readonly presignClient?: S3Client;
  /** of all keys within the bucket, such as `production/`; none by default */
  readonly prefix?: string;
}

/** Parts of one upload in memory at once: 4 x 8 MiB. 10,000 parts are 80 GB, more than we take. */
const partBytes = 8 * 1_024 * 1_024;
const parallelParts = 4;
const keysPerPage = 1_000;

function rangeHeader({ start, end }: ByteRange): string {
  return `bytes=${start}-${end ?? ''}`;
}

/** S3 quotes etags in headers and not in notifications; ours are bare. */
function bareEtag(etag: string | undefined): string {
  return (etag ?? '').replaceAll('"', '');
}

/** Objects in a bucket of S3. `close` leaves the clients to who made them. */
export function openS3Store({ client, bucket, presignClient = client, prefix = '' }: S3StoreOptions): ObjectStore {
  const at = (key: string) => ({ Bucket: bucket, Key: `${prefix}${checkedKey(key)}` });

  async function head(key: string): Promise<ObjectHead | undefined> {
    try {
      const found = await client.send(new HeadObjectCommand(at(key)));
      return {
        key,
        size: found.ContentLength ?? 0,
        etag: bareEtag(found.ETag),
        modifiedAt: found.LastModified?.getTime() ?? 0,
      };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async function put(key: string, body: Readable | Uint8Array, contentType?: string): Promise<ObjectHead> {
    const upload = new Upload({
      client,
      params: { ...at(key), Body: body, ...(contentType === undefined ? {} : { ContentType: contentType }) },
      partSize: partBytes,
      queueSize: parallelParts,
      // Parts of a failed upload are invisible and cost money for ever.
      leavePartsOnError: false,
    });
    await upload.done();
    const stored = await head(key);
    if (stored === undefined) throw new ObjectStoreError('object-not-found', `${key} was deleted while it was stored.`);
    return stored;
  }

  async function get(key: string, { range, ifMatch }: GetOptions = {}): Promise<Readable> {
    try {
      const { Body } = await client.send(
        new GetObjectCommand({
          ...at(key),
          ...(range === undefined ? {} : { Range: rangeHeader(range) }),
          ...(ifMatch === undefined ? {} : { IfMatch: `"${ifMatch}"` }),
        }),
      );
      if (!(Body instanceof Readable)) throw new Error(`S3 gave no stream for ${key}`);
      return Body;
    } catch (error) {
      throw readError(error, { bucket, key });
    }
  }

  async function* pages(below: string): AsyncIterable<ObjectHead[]> {
    const input = { Bucket: bucket, Prefix: `${prefix}${below}` };
    for await (const { Contents = [] } of paginateListObjectsV2({ client, pageSize: keysPerPage }, input)) {
      yield Contents.map(({ Key = '', Size = 0, ETag, LastModified }) => ({
        key: Key.slice(prefix.length),
        size: Size,
        etag: bareEtag(ETag),
        modifiedAt: LastModified?.getTime() ?? 0,
      }));
    }
  }

  async function deletePage(objects: readonly ObjectHead[]): Promise<void> {
    const Objects = objects.map(({ key }) => ({ Key: `${prefix}${key}` }));
    const { Errors = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    const [first] = Errors;
    if (first === undefined) return;
    const detail = `${Errors.length} objects were not deleted; ${first.Key}: ${first.Code} ${first.Message ?? ''}`;
    throw new ObjectStoreError('store-unavailable', detail);
  }

  return {
    head,
    get,
    put: (key, body, options) => put(key, body, options?.contentType),

    async putFile(key, path) {
      const stored = await put(key, createReadStream(path));
      await rm(path);
      return stored;
    },

    localCopy: async (key, options = {}) => copyToTemporary(checkedKey(key), await get(key, options)),

    async *list(below) {
      for await (const page of pages(below)) yield* page;
    },

    async delete(key) {
      await client.send(new DeleteObjectCommand(at(key)));
    },

    async deletePrefix(below) {
      checkedFolderPrefix(below);
      let deleted = 0;
      for await (const page of pages(below)) {
        if (page.length > 0) await deletePage(page);
        deleted += page.length;
      }
      return deleted;
    },

    async signUpload(key, { expiresInSeconds, maxBytes, contentLength, withoutHeaders = false }) {
      if (contentLength !== undefined && contentLength > maxBytes) {
        throw new ObjectStoreError('too-large', `${contentLength} bytes are more than the ${maxBytes} allowed.`);
      }
      const expiresAt = Date.now() + expiresInSeconds * 1_000;
      const command = new PutObjectCommand({
        ...at(key),
        ...(contentLength === undefined ? {} : { ContentLength: contentLength }),
        ...(withoutHeaders ? {} : { IfNoneMatch: '*' }),
      });
      const url = await getSignedUrl(presignClient, command, { expiresIn: expiresInSeconds });
      return { method: 'PUT', url, headers: withoutHeaders ? {} : { 'if-none-match': '*' }, expiresAt, maxBytes };
    },

    async signDownload(key, { expiresInSeconds, fileName }) {
      const command = new GetObjectCommand({ ...at(key), ResponseContentDisposition: attachment(fileName) });
      return getSignedUrl(presignClient, command, { expiresIn: expiresInSeconds });
    },

    async check() {
      try {
        await client.send(new HeadBucketCommand({ Bucket: bucket }));
      } catch (error) {
        if (isMissing(error)) throw bucketMissing(bucket, error);
        const detail = `S3 does not answer for the bucket ${bucket}: ${error instanceof Error ? error.message : String(error)}`;
        throw new ObjectStoreError('store-unavailable', detail, { cause: error });
      }
    },

    async close() {},
  };
}
