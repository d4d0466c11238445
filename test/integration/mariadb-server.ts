import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '@bellwether/testkit';

export interface MariadbServer extends AsyncDisposable {
  /** of a user who may make databases */
  readonly url: string;
  /** Begins a server on the port and files of the last one; whether it answers is for its clients to find out. */
  start(): void;
  /** Ends the server: `SIGTERM` in order, `SIGKILL` at once. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** A server of Debian's `mariadb-server-core` with files of its own, so that a test may end it. */
export async function mariadbServer(): Promise<MariadbServer> {
  const folder = temporaryFolder();
  const user = userInfo().username;
  const data = join(folder.path, 'data');
  await promisify(execFile)('mariadb-install-db', [
    '--no-defaults',
    `--user=${user}`,
    `--datadir=${data}`,
    '--skip-test-db',
    '--auth-root-authentication-method=normal',
  ]);
  const port = await freePort();
  const launch = () =>
    spawn(
      'mariadbd',
      [
        '--no-defaults',
        `--user=${user}`,
        `--datadir=${data}`,
        `--socket=${join(folder.path, 'socket')}`,
        '--bind-address=127.0.0.1',
        `--port=${port}`,
        '--skip-name-resolve',
        '--innodb-flush-log-at-trx-commit=2',
      ],
      { stdio: 'ignore' },
    );
  let server = launch();

  async function stop(signal: 'SIGTERM' | 'SIGKILL') {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  }
  return {
    url: `mysql://root@127.0.0.1:${port}/mysql`,
    start() {
      server = launch();
    },
    stop,
    async [Symbol.asyncDispose]() {
      await stop('SIGTERM');
      folder[Symbol.dispose]();
    },
  };
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, 'close');
  return port;
}
