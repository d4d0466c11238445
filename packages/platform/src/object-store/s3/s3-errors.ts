import { S3ServiceException } from '@aws-sdk/client-s3';
import { ObjectStoreError } from '../object-store.ts';

/** S3 answers HEAD without a body, so only the status tells. */
export function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404;
}

export function bucketMissing(bucket: string, cause: unknown): ObjectStoreError {
  return new ObjectStoreError('bucket-not-found', `S3 has no bucket ${bucket}.`, { cause });
}

/** S3's refusal of a read as the port's, other errors as they are. */
export function readError(error: unknown, { bucket, key }: { readonly bucket: string; readonly key: string }): unknown {
  if (!(error instanceof S3ServiceException)) return error;
  const status = error.$metadata.httpStatusCode;
  // Not the object's fault, which nobody can cure: the bucket may be made again, and then it is known what is gone.
  if (error.name === 'NoSuchBucket') return bucketMissing(bucket, error);
  const cause = { cause: error };
  if (status === 404) return new ObjectStoreError('object-not-found', `There is no object ${key}.`, cause);
  if (status === 412) {
    return new ObjectStoreError('object-changed', `The object ${key} is no longer the one that was asked for.`, cause);
  }
  if (status === 416) {
    return new ObjectStoreError('range-not-satisfiable', `${key} does not have that many bytes.`, cause);
  }
  return error;
}
