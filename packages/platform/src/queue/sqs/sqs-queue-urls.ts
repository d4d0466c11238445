import { GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { QueueError } from '../queue.ts';

export type UrlOf = (queueName: string) => Promise<string> | string;

/** Asks SQS for the URL of a queue. */
export function askForUrl(client: SQSClient): UrlOf {
  return async (queueName) => {
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: queueName }));
    if (QueueUrl === undefined) throw new QueueError('queue-not-found', `SQS gave no URL for the queue ${queueName}.`);
    return QueueUrl;
  };
}

/** Remembers URLs; a failed question is asked again, since a queue may be made after the service started. */
export function remembered(urlOf: UrlOf): (queueName: string) => Promise<string> {
  const urls = new Map<string, Promise<string>>();
  return (queueName) => {
    const known = urls.get(queueName);
    if (known !== undefined) return known;
    const asked = Promise.resolve(urlOf(queueName));
    urls.set(queueName, asked);
    asked.catch(() => urls.delete(queueName));
    return asked;
  };
}
