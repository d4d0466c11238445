import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Api, Dataset, DatasetFormat, ResultOf, Roles } from '@bellwether/contracts';
import { CommandFailure, codeOf } from '../failure.ts';
import type { Client } from './client.ts';
import { refusalOf, ServerUnreachable } from './server-refusal.ts';

type Upload = ResultOf<Api['createDataset']>['upload'];

export interface DatasetToUpload {
  readonly name: string;
  readonly format?: DatasetFormat | undefined;
  readonly roles?: Roles | undefined;
  /** path of the file */
  readonly file: string;
}

const chunkBytes = 256 * 1024;

/**
 * Announces a dataset of exactly the file's size and uploads it by the signed URL, from disk, whatever its size. When
 * the upload does not succeed the announced dataset is deleted again.
 *
 * @param onSent called with the share that was sent, 0 to 1
 * @throws CommandFailure `file-unreadable`, `file-empty`; what the server refuses
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
    await put(upload, { file, contentLength }, onSent, signal);
  } catch (error) {
    await client.call('deleteDataset', { params: { id: dataset.id } }).catch(() => undefined);
    throw error;
  }
  return dataset;
}

async function put(
  upload: Upload,
  { file, contentLength }: { readonly file: string; readonly contentLength: number },
  onSent: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  let sent = 0;
  let unreadable: unknown;
  async function* content(): AsyncGenerator<Uint8Array> {
    try {
      // Not past the announced size, should the file grow meanwhile.
      for await (const chunk of createReadStream(file, { end: contentLength - 1, highWaterMark: chunkBytes })) {
        yield chunk as Uint8Array;
        sent += (chunk as Uint8Array).byteLength;
        onSent(sent / contentLength);
      }
    } catch (error) {
      unreadable = error;
      throw error;
    }
  }
  const response = await fetch(upload.url, {
    method: upload.method,
    headers: { ...upload.headers, 'content-length': String(contentLength) },
    body: content(),
    duplex: 'half',
    signal,
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    if (unreadable !== undefined) throw fileUnreadable(file, unreadable);
    throw new ServerUnreachable(new URL(upload.url).origin, error);
  });
  if (!response.ok) throw await refusalOf(response);
  await response.body?.cancel();
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

/** The failure to show for a file that cannot be read. */
export function fileUnreadable(file: string, error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error;
  const code = codeOf(error);
  if (code === 'ENOENT') {
    return new CommandFailure('file-unreadable', `There is no file ${file}.`, { cure: 'Check the path.' });
  }
  return new CommandFailure('file-unreadable', `${file} cannot be read (${code ?? (error as Error).message}).`);
}
