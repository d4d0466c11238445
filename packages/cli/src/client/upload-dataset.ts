import { stat } from 'node:fs/promises';
import type { Api, Dataset, DatasetFormat, ResultOf, Roles } from '@bellwether/contracts';
import { CommandFailure, codeOf } from '../failure.ts';
import { fileUnreadable } from '../file-unreadable.ts';
import type { Client } from './client.ts';
import { type FileToPut, putFile } from './put-file.ts';
import { refusalOf, ServerUnreachable } from './server-refusal.ts';

type Upload = ResultOf<Api['createDataset']>['upload'];

export interface DatasetToUpload {
  readonly name: string;
  readonly format?: DatasetFormat | undefined;
  readonly roles?: Roles | undefined;
  /** path of the file */
  readonly file: string;
}

/**
 * Announces a dataset of exactly the file's size and uploads it by the signed URL, from disk, whatever its size. When
 * the upload does not succeed the announced dataset is deleted again.
 *
 * @param onSent called with the share that was sent, 0 to 1
 * @throws CommandFailure `file-unreadable`, `file-empty`, `file-changed`, `upload-cut-off`; what the server refuses
 */
export async function uploadDataset(
  client: Client,
  { name, format, roles, file }: DatasetToUpload,
  onSent: (share: number) => void,
  signal: AbortSignal,
): Promise<Dataset> {
  const contentLength = await sizeOf(file);
  const { dataset, upload } = await client.call(
    'createDataset',
    { body: { name, contentLength, ...(format && { format }), ...(roles && { roles }) } },
    signal,
  );
  try {
    await put(upload, { path: file, length: contentLength }, onSent, signal);
  } catch (error) {
    await client.call('deleteDataset', { params: { id: dataset.id } }).catch(() => undefined);
    throw error;
  }
  return dataset;
}

async function put(
  { url, headers }: Upload,
  file: FileToPut,
  onSent: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const answer = await putFile(url, headers, file, onSent, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    if (error instanceof CommandFailure) throw error;
    const code = codeOf(error);
    if (code !== 'EPIPE' && code !== 'ECONNRESET') throw new ServerUnreachable(new URL(url).origin, error);
    throw new CommandFailure('upload-cut-off', `The server ended the connection before it had the file (${code}).`, {
      cure: 'Try again; if it stays, the log of the server or of the proxy before it says why.',
    });
  });
  if (answer.status < 200 || answer.status > 299) throw refusalOf({ url, ...answer });
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((error: unknown) => {
    throw fileUnreadable(file, error);
  });
  if (!found.isFile()) throw new CommandFailure('file-unreadable', `${file} is no file.`);
  if (found.size === 0) {
    throw new CommandFailure('file-empty', `${file} is empty.`, { cure: 'Give a file with at least one row.' });
  }
  return found.size;
}
