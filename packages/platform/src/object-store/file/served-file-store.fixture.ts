import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObjectHead } from '../object-store.ts';
import { type FileStore, type FileStoreOptions, openFileStore } from './file-store.ts';
import { fileStoreRoutes } from './file-store-routes.ts';

export interface ServedFileStore {
  readonly store: FileStore;
  readonly folder: string;
  readonly base: string;
  readonly uploads: ObjectHead[];
  /** what the handler returned or threw, a promise per request */
  readonly handled: Promise<boolean>[];
  /** names in one of the store's folders */
  readonly names: (folder: 'tmp' | 'uploaded' | 'objects') => Promise<string[]>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Opens a file store in a temporary folder and serves its signed URLs on 127.0.0.1. */
export async function serveFileStore(options: Partial<FileStoreOptions> = {}): Promise<ServedFileStore> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'bellwether-store-')));
  const uploads: ObjectHead[] = [];
  const handled: Promise<boolean>[] = [];
  let base = '';
  const onUploaded = async (object: ObjectHead) => void uploads.push(object);
  const store = await openFileStore({ folder, publicUrl: () => base, onUploaded, ...options });
  const handle = fileStoreRoutes(store);
  const server = createServer(async (incoming, response) => {
    const answering = handle(incoming, response);
    handled.push(answering);
    if (!(await answering.catch(() => true))) response.writeHead(404).end('elsewhere');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    store,
    folder,
    base,
    uploads,
    handled,
    names: async (name) => (await readdir(join(folder, name))).sort(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A request whose path goes out as it is written: `fetch` would resolve its dots. */
export async function rawRequest(base: string, method: string, path: string, body?: string) {
  const { hostname, port } = new URL(base);
  const outgoing = request({ hostname, port, method, path });
  outgoing.end(body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() };
}
