import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserId } from '@bellwether/contracts';
import type { Database } from '@bellwether/database';
import type { Command } from 'commander';
import { environmentFor } from '../connect/environment.ts';
import { CommandFailure } from '../failure.ts';
import { time } from '../terminal/figures.ts';
import { paintFor } from '../terminal/paint.ts';
import { table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { printJson } from './connected.ts';
import { addExamples } from './examples.ts';

interface KeysOptions {
  readonly dataDir?: string;
  readonly json?: boolean;
}

interface CreateOptions extends KeysOptions {
  readonly tenant: string;
  readonly name: string;
}

/** Fewer could name another key tomorrow. */
const leastHashCharacters = 8;

/** `bellwether keys`: API keys, in the database itself, also while a server runs. */
export function addKeys(program: Command, terminal: Terminal): void {
  const keys = program.command('keys').summary('create, list and revoke API keys (for AUTH=keys)');
  addExamples(keys, terminal, ['keys create --tenant u1 --name laptop']);
  const withOptions = (command: Command) =>
    command.option('--data-dir <folder>', 'data folder whose keys these are (DATA_DIR)').option('--json', 'print JSON');

  const create = withOptions(keys.command('create'))
    .summary('make a key and print it, once')
    .requiredOption('--tenant <id>', 'whose key it is')
    .option('--name <name>', 'what it is for', '');
  addExamples(create, terminal, ['keys create --tenant u1 --name laptop']);
  create.action((options: CreateOptions) => createKey(terminal, options));

  const list = withOptions(keys.command('list')).summary('list keys by their hashes');
  addExamples(list, terminal, ['keys list']);
  list.action((options: KeysOptions) => listKeys(terminal, options));

  const revoke = withOptions(keys.command('revoke'))
    .summary('end a key')
    .argument('<hash>', `its hash, or the first ${leastHashCharacters} or more characters of it`);
  addExamples(revoke, terminal, ['keys revoke 3f5a9c01']);
  revoke.action((hash: string, options: KeysOptions) => revokeKey(terminal, hash, options));
}

/** Opens the database alone: a server may have the data folder meanwhile, and SQLite lets both in. */
async function withDatabase<T>(
  terminal: Terminal,
  options: KeysOptions,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const [{ readConfig }, { migrate, openDatabase }] = await Promise.all([
    import('@bellwether/platform'),
    import('@bellwether/database'),
  ]);
  const { DATABASE_URL, DATA_DIR, DURABILITY } = readConfig(environmentFor(terminal, options));
  if (DATABASE_URL === undefined) await mkdir(DATA_DIR, { recursive: true });
  const database = openDatabase(DATABASE_URL ?? `sqlite:${join(DATA_DIR, 'bellwether.sqlite')}`, DURABILITY);
  try {
    await migrate(database);
    return await work(database);
  } finally {
    await database.close();
  }
}

async function createKey(terminal: Terminal, { tenant, name, ...options }: CreateOptions): Promise<void> {
  if (!UserId.safeParse(tenant).success) {
    throw new CommandFailure('bad-tenant', `${tenant} cannot be a tenant.`, {
      cure: 'Use 1 to 64 letters, digits, dashes or underscores.',
      exitCode: 2,
    });
  }
  const [{ insertApiKey }, { hashApiKey, newApiKey }] = await Promise.all([
    import('@bellwether/database'),
    import('@bellwether/platform'),
  ]);
  const key = newApiKey();
  const hash = hashApiKey(key);
  const row = { hash, tenant_id: tenant, name, created_at: Date.now() };
  await withDatabase(terminal, options, (database) => database.transact((tx) => insertApiKey(tx, row)));
  if (options.json) return printJson(terminal, { key, hash, tenant, name });
  terminal.out.write(`${key}\n`);
  terminal.err.write(
    `This key of ${tenant} is shown only now. Its hash begins ${hash.slice(0, leastHashCharacters)}.\n`,
  );
}

async function listKeys(terminal: Terminal, options: KeysOptions): Promise<void> {
  const { listApiKeys } = await import('@bellwether/database');
  const keys = await withDatabase(terminal, options, ({ read }) => listApiKeys(read));
  const shown = keys.map(({ hash, tenant_id, name, created_at }) => ({
    hash,
    tenant: tenant_id,
    name,
    createdAt: new Date(created_at).toISOString(),
  }));
  if (options.json) return printJson(terminal, { keys: shown });
  const columns = [{ head: 'hash' }, { head: 'tenant' }, { head: 'name' }, { head: 'created' }];
  const rows = shown.map(({ hash, tenant, name, createdAt }) => [hash, tenant, name, time(createdAt)]);
  terminal.out.write(table(columns, rows, paintFor(terminal.out, terminal.env)));
}

async function revokeKey(terminal: Terminal, prefix: string, options: KeysOptions): Promise<void> {
  const { deleteApiKey, listApiKeys } = await import('@bellwether/database');
  const hash = await withDatabase(terminal, options, async (database) => {
    const found = (await listApiKeys(database.read)).filter((key) => key.hash.startsWith(prefix));
    const [only] = found;
    if (only === undefined || found.length > 1 || prefix.length < leastHashCharacters)
      throw notOneKey(prefix, found.length);
    await database.transact((tx) => deleteApiKey(tx, only.hash));
    return only.hash;
  });
  if (options.json) printJson(terminal, { revoked: hash });
  else terminal.out.write(`Key ${hash} is revoked; running servers refuse it within ten seconds.\n`);
}

function notOneKey(prefix: string, matches: number): CommandFailure {
  const message =
    prefix.length < leastHashCharacters
      ? `${prefix} is too short for a hash.`
      : `${matches === 0 ? 'No key has' : `${matches} keys have`} a hash that begins ${prefix}.`;
  return new CommandFailure('key-not-found', message, {
    cure: '`bellwether keys list` shows the hashes; give at least eight characters.',
  });
}
