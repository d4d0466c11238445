import { CommandFailure, codeOf } from '../failure.ts';
import type { Destination } from './destination.ts';
import { folderDestination } from './folder-destination.ts';
import { s3Destination } from './s3-destination.ts';

const s3Address = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([A-Za-z0-9._/-]*?))?\/*$/;

/**
 * Opens a place to copy to: `s3://bucket/prefix`, or else a folder. That it can be written is found out at once, not
 * after an hour of training.
 *
 * @throws CommandFailure `destination-refused`
 */
export async function openDestination(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Destination> {
  try {
    if (!/^\w+:\/\//.test(text)) return await folderDestination(text);
    const [, bucket, prefix = ''] = s3Address.exec(text) ?? [];
    if (bucket === undefined) throw new Error('it is neither a folder nor s3://bucket/prefix');
    return await s3Destination(bucket, prefix.replace(/^\/+|\/+$/g, ''), env);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(codeOf(error) ?? error);
    throw new CommandFailure('destination-refused', `${text} cannot be written to: ${reason}.`, {
      cure: 'Give a folder, or s3://bucket/prefix with AWS credentials (and AWS_REGION) in the environment.',
    });
  }
}
