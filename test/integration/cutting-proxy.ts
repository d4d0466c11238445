import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';

/**
 * Where a connection is cut, the first time that what the client sends matches: before the server gets the statement, or
 * when the server has carried it out and before the client is told.
 */
export interface Cut {
  readonly at: RegExp;
  readonly moment: 'before' | 'after';
}

export interface CuttingProxy extends AsyncDisposable {
  /** of a database, through the proxy */
  url(database: string): string;
  /** Plans one cut. */
  cut(cut: Cut): void;
  /** Cuts all connections at once, without a word to either end. */
  cutAll(): void;
  /** cuts that were planned and happened */
  readonly cuts: number;
}

/** A proxy on loopback between a client of MySQL and its server, which cuts connections when told to. */
export async function openCuttingProxy(target: string): Promise<CuttingProxy> {
  const server = new URL(target);
  const sockets = new Set<Socket>();
  let planned: Cut | undefined;
  let cuts = 0;

  const listener = createServer((client) => {
    const upstream = createConnection({ host: server.hostname, port: Number(server.port) });
    let muted = false;
    const end = () => {
      client.resetAndDestroy();
      upstream.destroy();
    };
    const hit = (moment: Cut['moment'], statement: Buffer) => {
      if (planned?.moment !== moment || !planned.at.test(statement.toString('latin1'))) return false;
      planned = undefined;
      cuts++;
      return true;
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    client.on('data', (data: Buffer) => {
      if (hit('before', data)) return end();
      muted = hit('after', data);
      upstream.write(data);
    });
    upstream.on('data', (data: Buffer) => {
      if (muted) return end();
      client.write(data);
    });
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;

  return {
    url(database) {
      const through = new URL(`/${database}`, target);
      through.port = String(port);
      return through.href;
    },
    cut(cut) {
      planned = cut;
    },
    cutAll() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    get cuts() {
      return cuts;
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const socket of sockets) socket.destroy();
      await once(listener, 'close');
    },
  };
}
