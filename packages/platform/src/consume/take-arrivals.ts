import { emit, flow } from '@bellwether/contracts';
import { openMessage } from '../messages/open.ts';
import { uploadedMessage } from '../messages/uploaded.ts';
import type { NotifiedObject } from '../object-store/index.ts';
import type { Delivered } from '../queue/queue.ts';
import type { ConsumerContext, Ending } from './context.ts';

/**
 * Takes a bucket's notification, which speaks S3's words and may tell of several objects: each upload among them
 * becomes a message of ours on the same queue, under an id that the same arrival gives again. It goes by the outbox, so
 * that it is sent again when the queue loses it, as no notification is. Objects that are no uploads are somebody else's
 * and ignored with a log line; `s3:TestEvent` tells of none.
 */
export async function takeArrivals(
  { queue, spec, log, perform }: ConsumerContext,
  delivered: Delivered,
  arrivals: readonly NotifiedObject[],
): Promise<Ending> {
  for (const { key, etag, size } of arrivals) {
    const arrival = openMessage(uploadedMessage({ key, etag, size }, delivered.sentAt)?.body ?? '');
    if (!arrival.ok) {
      log.info({ key }, 'an object that is no upload of ours is ignored');
      continue;
    }
    const { message } = arrival;
    const messages = [emit(flow.datasetUploaded, { key, etag, size }, { id: message.id })];
    await perform(message, async () => ({ result: undefined, messages }));
  }
  await queue.delete(spec.name, [delivered.receipt]);
  return 'handled';
}
