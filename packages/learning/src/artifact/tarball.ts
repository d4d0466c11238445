import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { extract, pack } from 'tar-stream';

/** Contents by file name. */
export type Files = ReadonlyMap<string, Uint8Array>;

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Byte of the gzip header that names the operating system; 255 is "unknown", the same on all of them. */
const systemByte = 9;

/** A `tar.gz` whose bytes depend on the files alone: fixed order as given, times, owners and modes. */
export const writeTarball = async (files: Files): Promise<Uint8Array> => {
  const archive = pack();
  for (const [name, content] of files) {
    archive.entry({ name, mtime: new Date(0), mode: 0o644, uid: 0, gid: 0 }, Buffer.from(content));
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  const bytes = await compress(Buffer.concat(chunks), { level: 6 });
  bytes[systemByte] = 255;
  return bytes;
};

/**
 * The plain files at the root of a `tar.gz`.
 * @param maxBytes decompression stops here, so that a small upload cannot fill the memory
 * @throws Error with `code: 'ERR_BUFFER_TOO_LARGE'` above `maxBytes`, or any for what is no such archive, holds
 *   anything but plain files at its root, or the same file twice
 */
export const readTarball = async (bytes: Uint8Array, maxBytes: number): Promise<Files> => {
  const tar = await decompress(bytes, { maxOutputLength: maxBytes });
  const files = new Map<string, Uint8Array>();
  const archive = extract();
  archive.end(tar);
  for await (const entry of archive) {
    const { name, type } = entry.header;
    if (type !== 'file' || name.includes('/')) throw new Error(`"${name}" is no plain file at the archive's root`);
    if (files.has(name)) throw new Error(`"${name}" occurs twice`);
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    files.set(name, Buffer.concat(chunks));
  }
  return files;
};
