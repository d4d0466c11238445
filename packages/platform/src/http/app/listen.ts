import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { App } from './create-app.ts';

export interface Listening {
  /** `http://127.0.0.1:8080` */
  readonly url: string;
  readonly port: number;
  /**
   * Takes no more connections, answers what was asked, and ends idle connections at once. What is still open after
   * `graceMilliseconds` is cut.
   */
  close(graceMilliseconds: number): Promise<void>;
}

/** Longer than the minute for which load balancers keep a connection: who closes first would lose a request. */
const keepAliveMilliseconds = 65_000;
const idleSweepMilliseconds = 20;

/**
 * Serves an app.
 *
 * @param options.port 0 for any free one
 * @throws as `net.Server` does, `EADDRINUSE` for example
 */
export async function listen(
  app: App,
  options: { readonly host?: string; readonly port?: number } = {},
): Promise<Listening> {
  const { host = '127.0.0.1', port = 0 } = options;
  const server = createServer(app.express);
  server.keepAliveTimeout = keepAliveMilliseconds;
  server.headersTimeout = keepAliveMilliseconds + 1_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const address = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;

  async function end(graceMilliseconds: number): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    app.drain();
    // `close` alone waits for connections that fall idle only after it was called, and for those that browsers open in
    // advance and have not used yet.
    const endIdle = () => {
      server.closeIdleConnections();
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    };
    endIdle();
    const sweep = setInterval(endIdle, idleSweepMilliseconds);
    const cut = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
    await closed;
    clearInterval(sweep);
    clearTimeout(cut);
  }

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    port: address.port,
    close(graceMilliseconds) {
      closing ??= end(graceMilliseconds);
      return closing;
    },
  };
}
