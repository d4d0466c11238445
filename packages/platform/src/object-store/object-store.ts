import type { Readable } from 'node:stream';

export interface ObjectHead {
  readonly key: string;
  /** bytes */
  readonly size: number;
  /** opaque; changes whenever the content under the key does */
  readonly etag: string;
  /** milliseconds since the epoch */
  readonly modifiedAt: number;
}

export interface ByteRange {
  readonly start: number;
  /** inclusive, as in HTTP */
  readonly end?: number;
}

export interface GetOptions {
  readonly range?: ByteRange;
  /** refuses with `object-changed` when the content is no longer the one with this etag */
  readonly ifMatch?: string;
}

export interface SignedUpload {
  readonly method: 'PUT';
  readonly url: string;
  /** headers that the uploader must send as they are */
  readonly headers: Readonly<Record<string, string>>;
  /** milliseconds since the epoch */
  readonly expiresAt: number;
  /** bytes; a larger body is refused, or (S3 without a content length) reported by the notification and then refused */
  readonly maxBytes: number;
}

export interface SignUploadOptions {
  readonly expiresInSeconds: number;
  readonly maxBytes: number;
  /** exact size in bytes when the uploader said it: then it is signed */
  readonly contentLength?: number;
  /**
   * For clients that can send a URL but no headers: `headers` comes out empty. S3 then takes a second upload too, so
   * readers must keep to the etag of the first notification. False by default.
   */
  readonly withoutHeaders?: boolean;
}

/** A local file with the object's content. Embedded: the object itself, read-only; S3: a copy that `dispose` removes. */
export interface LocalCopy extends AsyncDisposable {
  readonly path: string;
}

/**
 * Objects by key. Keys are made by the server from `[A-Za-z0-9._-]` segments joined by `/`; anything else is refused
 * with `invalid-key`, so that no key can leave the store's folder.
 */
export interface ObjectStore {
  /** Writes a stream whole or not at all: a reader never sees a part of it. */
  put(key: string, body: Readable | Uint8Array, options?: { readonly contentType?: string }): Promise<ObjectHead>;
  /** Puts a local file; the file may be moved, so the caller must not use it afterwards. */
  putFile(key: string, path: string): Promise<ObjectHead>;
  /** Throws `object-not-found`, `object-changed`, `range-not-satisfiable` (it starts beyond the end). */
  get(key: string, options?: GetOptions): Promise<Readable>;
  head(key: string): Promise<ObjectHead | undefined>;
  localCopy(key: string, options?: { readonly ifMatch?: string }): Promise<LocalCopy>;
  /** Objects whose key begins with `prefix`, in the order of their keys. */
  list(prefix: string): AsyncIterable<ObjectHead>;
  /** Deletes the object; none there is no error. */
  delete(key: string): Promise<void>;
  /** Deletes all objects whose key begins with `prefix`, which must end with `/`. Returns how many. */
  deletePrefix(prefix: string): Promise<number>;
  /** A URL for one upload to one key; its arrival is notified. Throws `too-large` for more than `maxBytes`. */
  signUpload(key: string, options: SignUploadOptions): Promise<SignedUpload>;
  signDownload(
    key: string,
    options: { readonly expiresInSeconds: number; readonly fileName?: string },
  ): Promise<string>;
  /** Throws when the store cannot be used now; says what is missing. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Why the store refused, with a stable code. */
export class ObjectStoreError extends Error {
  override readonly name = 'ObjectStoreError';
  readonly code:
    | 'object-not-found'
    | 'object-changed'
    | 'range-not-satisfiable'
    | 'invalid-key'
    | 'too-large'
    | 'incomplete'
    | 'already-uploaded'
    | 'bucket-not-found'
    | 'store-unavailable';
  constructor(code: ObjectStoreError['code'], detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}
