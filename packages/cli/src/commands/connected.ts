import { type Command, Option } from 'commander';
import type { Client } from '../client/client.ts';
import { type ConnectionOptions, connect } from '../connect/connect.ts';
import { interruptible } from '../terminal/interruptible.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Options of every command that talks to a server. */
export interface ConnectedOptions extends ConnectionOptions {
  readonly json?: boolean;
}

/** Adds the options by which a command finds its server and its tenant, and `--json`. */
export function connectedOptions(command: Command): Command {
  return command
    .addOption(new Option('--url <url>', 'server to talk to (BELLWETHER_URL)').conflicts('dataDir'))
    .option('--user <id>', 'tenant, where the server has AUTH=none (BELLWETHER_USER)')
    .option('--data-dir <folder>', 'data folder to work on when no server is given (DATA_DIR)')
    .option('--json', 'print JSON');
}

/** Runs a command's work with a client, until it is done or the person stops it; then lets go of the data folder. */
export async function withClient<T>(
  terminal: Terminal,
  options: ConnectionOptions,
  work: (client: Client, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return await interruptible(terminal, async (signal) => {
    const connection = await connect(terminal, options);
    try {
      signal.throwIfAborted();
      return await work(connection.client, signal);
    } finally {
      await connection.close();
    }
  });
}

export function printJson(terminal: Terminal, value: unknown): void {
  terminal.out.write(`${JSON.stringify(value, null, 2)}\n`);
}
