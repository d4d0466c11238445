import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What scripts import besides their own. */
const modules = fileURLToPath(new URL('../../python/', import.meta.url));

export interface PythonServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
}

interface PythonServerOptions {
  readonly python: string;
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a script that prints `{"port": N}` when it listens and ends when its standard input does. */
export async function startPythonServer(options: PythonServerOptions): Promise<PythonServer> {
  const { python, script, args = [], env = {} } = options;
  const child = spawn(python, [script, ...args], {
    env: { PATH: process.env.PATH ?? '', PYTHONPATH: modules, PYTHONDONTWRITEBYTECODE: '1', ...env },
    // The pipe is our hold on the child: it closes with this process, however that ends.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${script} ended with code ${code} before it listened`)));
  });
  const lines = createInterface({ input: child.stdout });
  const listening = new Promise<string>((resolve) => lines.once('line', resolve));
  const { port } = JSON.parse(await Promise.race([listening, failed])) as { port: number };
  failed.catch(() => undefined);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended;
    },
  };
}
