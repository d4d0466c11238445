import { execFile } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '@bellwether/testkit';
import { freePorts, isFree } from './free-ports.ts';

const run = promisify(execFile);
const root = new URL('../..', import.meta.url).pathname;

/** LocalStack and MariaDB that a test has to itself and may end. */
export interface OwnStack extends AsyncDisposable {
  /** what `env.sh` says to whoever sources it */
  readonly env: Readonly<Record<string, string>>;
  readonly firstServicePort: number;
  /** Runs lines in bash, in the repository, after `env.sh`. Rejects when they fail. Returns what they print. */
  bash(lines: string): Promise<string>;
  /** Sources `scripts/build_infrastructure.sh`. */
  deploy(): Promise<void>;
  /** `kill -9`: queues, objects and APIs are lost with it. */
  killLocalStack(): Promise<void>;
  startLocalStack(): Promise<void>;
}

/**
 * A stack by `localstack/host-up.sh` on free ports, with its state in `folder`. What host-up.sh installs is taken from
 * where it is installed already.
 */
export async function ownStack(folder: string): Promise<OwnStack> {
  const port = await freePorts(7);
  const state = join(folder, 'stack');
  await mkdir(state, { recursive: true });
  const { BELLWETHER_STACK_PROGRAMS, BELLWETHER_STACK } = process.env;
  const variables = {
    ...process.env,
    NODE_OPTIONS: '',
    BELLWETHER_STACK: state,
    BELLWETHER_STACK_PROGRAMS:
      BELLWETHER_STACK_PROGRAMS || BELLWETHER_STACK || join(homedir(), '.cache', 'bellwether-stack'),
    BELLWETHER_LOCALSTACK_PORT: String(port),
    BELLWETHER_MARIADB_PORT: String(port + 1),
    BELLWETHER_FIRST_SERVICE_PORT: String(port + 2),
  };

  async function bash(lines: string): Promise<string> {
    const { stdout } = await run('bash', ['--norc', '-euo', 'pipefail', '-c', lines], {
      cwd: root,
      env: variables,
      maxBuffer: 2 ** 26,
    });
    return stdout;
  }
  const withEnvironment = (lines: string) => bash(`source "$BELLWETHER_STACK/env.sh"\n${lines}`);
  const up = () => bash('localstack/host-up.sh');
  await up();

  return {
    env: await exported(await readFile(join(state, 'env.sh'), 'utf8')),
    firstServicePort: port + 2,
    bash: withEnvironment,
    async deploy() {
      await withEnvironment('source scripts/build_infrastructure.sh');
    },
    async killLocalStack() {
      process.kill(Number(await readFile(join(state, 'run', 'localstack.pid'), 'utf8')), 'SIGKILL');
      await eventually('LocalStack is gone', () => isFree(port));
    },
    async startLocalStack() {
      await up();
    },
    async [Symbol.asyncDispose]() {
      await bash('localstack/host-down.sh');
      await rm(state, { recursive: true, force: true });
    },
  };
}

/** The variables of `env.sh`, whose values have neither blanks nor quotes; PATH is bash's to expand. */
function exported(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/\b([A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value] as const);
  return Object.fromEntries(pairs.filter(([name]) => name !== 'PATH'));
}
