import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { createClient } from '../client/client.ts';
import { curlLines } from '../demo/curl-lines.ts';
import { runDemo } from '../demo/run-demo.ts';
import { openSeriesSource } from '../demo/series-source.ts';
import { Interrupted, interruptible } from '../terminal/interruptible.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { printJson } from './connected.ts';
import { addExamples } from './examples.ts';

interface DemoOptions {
  readonly keep?: boolean;
  readonly port: string;
  readonly json?: boolean;
}

/** `bellwether demo`: the whole way once, on a temporary folder. */
export function addDemo(program: Command, terminal: Terminal): void {
  const command = program
    .command('demo')
    .summary('see the whole way once: upload, train, predict, on a temporary folder')
    .option('--keep', 'stay up afterwards, until Ctrl-C')
    .option('--port <number>', 'port to listen on; 0 takes a free one', '0')
    .option('--json', 'print JSON');
  addExamples(command, terminal, ['demo', 'demo --keep']);
  command.action((options: DemoOptions) => demo(terminal, options));
}

async function demo(terminal: Terminal, { keep = false, port, json = false }: DemoOptions): Promise<void> {
  const started = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-demo-'));
  try {
    const [{ readConfig }, { openEmbedded }] = await Promise.all([
      import('@bellwether/platform'),
      import('../connect/embedded.ts'),
    ]);
    await using series = await openSeriesSource(terminal.env);
    // Nothing else of the environment: the demo is the same everywhere.
    const config = readConfig({
      DATA_DIR: folder,
      PORT: port,
      LOG_LEVEL: 'warn',
      SHUTDOWN_GRACE_SECONDS: '2',
      ...series.env,
    });
    await interruptible(terminal, async (signal) => {
      const embedded = await openEmbedded(config, terminal.err);
      try {
        const stage = { terminal, folder, json, started, seriesFrom: series.sentence };
        const result = await runDemo(createClient({ url: embedded.url }), stage, signal);
        if (json) printJson(terminal, result);
        if (keep) await stayUp(terminal, embedded.url, json, signal);
      } finally {
        await embedded.stop();
      }
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Until the person ends it, which is how it is meant to end. */
async function stayUp(terminal: Terminal, url: string, json: boolean, signal: AbortSignal): Promise<void> {
  if (!json) terminal.out.write(curlLines(url));
  if (!signal.aborted) await once(signal, 'abort');
  if (!(signal.reason instanceof Interrupted)) throw signal.reason;
}
