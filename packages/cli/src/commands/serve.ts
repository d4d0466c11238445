import { once } from 'node:events';
import type { Command } from 'commander';
import { environmentFor } from '../connect/environment.ts';
import { Interrupted, interruptible } from '../terminal/interruptible.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { printJson } from './connected.ts';
import { addExamples } from './examples.ts';

export interface ServeOptions {
  readonly port?: string;
  readonly host?: string;
  readonly dataDir?: string;
  readonly json?: boolean;
}

/** Beyond the grace time, for closing files; then the process ends whatever is left. */
const lastResortMs = 5000;

/** `bellwether serve`: all five services in one process. */
export function addServe(program: Command, terminal: Terminal): void {
  const command = program
    .command('serve')
    .summary('run all five services in this process')
    .description(
      'Run all five services in this process. Prints one line when ready; logs go to standard error as JSON (LOG_LEVEL, default warn). Ctrl-C finishes what is in flight, a second one ends at once.',
    )
    .option('--port <number>', 'port to listen on, 0 for a free one (PORT, default 8080)')
    .option('--host <address>', 'address to listen on (HOST, default 127.0.0.1)')
    .option('--data-dir <folder>', 'where everything is kept (DATA_DIR, default ./data)')
    .option('--json', 'print JSON');
  addExamples(command, terminal, ['serve --port 8080']);
  command.action((options: ServeOptions) => serve(terminal, options));
}

/** Serves until somebody stops it, and then ends well. */
async function serve(terminal: Terminal, options: ServeOptions): Promise<void> {
  const [{ readConfig }, { openEmbedded }] = await Promise.all([
    import('@bellwether/platform'),
    import('../connect/embedded.ts'),
  ]);
  const config = readConfig(environmentFor(terminal, options));
  const serving = interruptible(terminal, async (signal) => {
    const embedded = await openEmbedded(config, terminal.err);
    if (options.json) printJson(terminal, { url: embedded.url });
    else terminal.out.write(`Bellwether is ready at ${embedded.url}\n`);
    if (!signal.aborted) await once(signal, 'abort');
    const cut = setTimeout(() => terminal.exit(1), config.SHUTDOWN_GRACE_SECONDS * 1000 + lastResortMs);
    await embedded.stop();
    clearTimeout(cut);
  });
  await serving.catch((error: unknown) => {
    if (!(error instanceof Interrupted)) throw error;
  });
}
