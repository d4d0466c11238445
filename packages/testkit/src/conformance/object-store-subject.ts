import type { Readable } from 'node:stream';
import type { ObjectStore, SignedUpload } from '@bellwether/platform';
import type { Case } from './cases.ts';

/** What an object store or its test peer may lack. */
export type ObjectStoreCapability =
  | 'signatures'
  | 'unsigned-requests-are-refused'
  | 'one-upload-per-url'
  | 'exact-sizes'
  | 'size-limits'
  | 'no-keys-below-keys'
  | 'notifications';

export interface Uploaded {
  readonly key: string;
  readonly etag: string;
  /** bytes */
  readonly size: number;
}

/** An open, empty store whose signed URLs are being served. */
export interface ObjectStoreSubject {
  readonly store: ObjectStore;
  /** waits for the next notification */
  readonly nextUpload?: () => Promise<Uploaded>;
  readonly close: () => Promise<void>;
}

export type ObjectStoreCase = Case<ObjectStoreSubject, ObjectStoreCapability>;

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));

export async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

/** `prefix` and its keys, as a test reads them. */
export async function keysOf({ store }: ObjectStoreSubject, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

/** Does what a client is told to do with a signed upload. */
export async function upload({ url, method, headers }: SignedUpload, body: string | Uint8Array<ArrayBuffer>) {
  const response = await fetch(url, { method, headers, body });
  return { status: response.status, ok: response.ok, text: await response.text() };
}

export const hour = { expiresInSeconds: 3_600 };
export const small = { ...hour, maxBytes: 1_000 };
