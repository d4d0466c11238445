import { flow } from '@bellwether/contracts';
import type { ObjectHead } from '../object-store/object-store.ts';
import { derivedId } from './seal.ts';

/** Where uploads of a dataset go; the only place from which an arrival is taken for an upload. */
export function uploadKey(tenantId: string, datasetId: string): string {
  return `uploads/${tenantId}/${datasetId}`;
}

/**
 * The message for an arrived object, or undefined when its key is not an upload's. Both stores come here: the embedded
 * one with its own notification, S3 with the bucket's. The same arrival gives the same id.
 *
 * @param now milliseconds since the epoch
 */
export function uploadedMessage(
  object: Omit<ObjectHead, 'modifiedAt'>,
  now: number,
): { id: string; body: string } | undefined {
  const [folder, tenantId, datasetId, ...rest] = object.key.split('/');
  if (folder !== 'uploads' || !tenantId || !datasetId || rest.length > 0) return undefined;
  const id = derivedId(object.key, object.etag);
  const body = JSON.stringify({
    id,
    type: flow.datasetUploaded.message.type,
    version: flow.datasetUploaded.message.version,
    tenantId,
    traceparent: `00-${Buffer.from(id).toString('hex').slice(0, 32)}-${Buffer.from(id).toString('hex').slice(32, 48)}-00`,
    at: new Date(now).toISOString(),
    body: { key: object.key, etag: object.etag, size: object.size },
  });
  return { id, body };
}
