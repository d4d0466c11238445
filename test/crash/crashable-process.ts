import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const main = new URL('../../packages/cli/src/main.ts', import.meta.url);

export interface CrashableServer {
  /** Starts the server and waits until it answers. Returns milliseconds that it took. */
  start(env?: Record<string, string>): Promise<number>;
  /** `kill -9`, and waits until the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM, and waits until the process has drained. Returns its exit code. */
  stop(): Promise<number | null>;
}

/** `bellwether serve` as a process of its own, always on the same folder and port. */
export function crashableServer(folder: string, port: number): CrashableServer {
  let child: ChildProcess | undefined;

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (child === undefined) return null;
    const gone = once(child, 'exit');
    child.kill(signal);
    const [code] = await gone;
    child = undefined;
    return code as number | null;
  }

  return {
    async start(env = {}) {
      const begun = performance.now();
      const args = [main.pathname, 'serve', '--data-dir', folder, '--port', String(port)];
      const started = spawn(process.execPath, args, {
        env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'error', ...env },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      child = started;
      const ready = once(createInterface({ input: started.stdout }), 'line');
      const died = once(started, 'exit').then(([code]) => Promise.reject(new Error(`serve ended with ${code}`)));
      died.catch(() => undefined); // expected later, when we end it
      await Promise.race([ready, died]);
      return performance.now() - begun;
    },
    async kill() {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
}
