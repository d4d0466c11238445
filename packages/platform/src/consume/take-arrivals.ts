import { uploadedMessage } from '../messages/uploaded.ts';
import type { NotifiedObject } from '../object-store/index.ts';
import type { Delivered } from '../queue/queue.ts';
import type { ConsumerContext, Ending } from './context.ts';

/**
 * Takes a bucket's notification, which speaks S3's words and may tell of several objects: each upload among them
 * becomes a message of ours on the same queue, under an id that the same arrival gives again. Objects that are no
 * uploads are somebody else's and ignored with a log line; `s3:TestEvent` tells of none.
 */
export async function takeArrivals(
  { queue, spec, log }: ConsumerContext,
  delivered: Delivered,
  arrivals: readonly NotifiedObject[],
): Promise<Ending> {
  const messages = arrivals.flatMap((object) => {
    const message = uploadedMessage(object, delivered.sentAt);
    if (message === undefined) log.info({ key: object.key }, 'an object that is no upload of ours is ignored');
    return message === undefined ? [] : [message];
  });
  const failures = messages.length === 0 ? [] : await queue.send(spec.name, messages);
  // Thrown, so that the notification stays: its lease ends and it is taken again.
  if (failures.length > 0) throw new Error(`arrivals could not be sent on: ${failures[0]?.reason}`);
  await queue.delete(spec.name, [delivered.receipt]);
  return 'handled';
}
