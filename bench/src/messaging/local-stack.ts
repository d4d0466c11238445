import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BenchmarkFailure } from '../failure.ts';

const run = promisify(execFile);
const script = (name: string) => fileURLToPath(new URL(`../../../localstack/${name}`, import.meta.url));

export interface LocalStack extends AsyncDisposable {
  readonly endpoint: string;
  readonly mysqlUrl: string;
}

/**
 * The LocalStack and the MariaDB that `AWS_ENDPOINT_URL` and `DATABASE_URL` name; without them those of
 * `localstack/host-up.sh`, started when they do not run and then stopped at the end of the scope.
 *
 * @throws BenchmarkFailure `localstack-not-started`
 */
export async function localStack(print: (line: string) => void): Promise<LocalStack> {
  const { AWS_ENDPOINT_URL: endpoint, DATABASE_URL: mysqlUrl } = process.env;
  if (endpoint !== undefined && mysqlUrl?.startsWith('mysql:')) {
    return { endpoint, mysqlUrl, [Symbol.asyncDispose]: async () => undefined };
  }
  print('Starting LocalStack and MariaDB with localstack/host-up.sh …');
  const output = await run(script('host-up.sh')).then(
    ({ stdout }) => stdout,
    ({ message, stderr }: Error & { stderr?: string }) => {
      throw new BenchmarkFailure('localstack-not-started', stderr || message);
    },
  );
  return {
    endpoint: exported(output, 'AWS_ENDPOINT_URL'),
    mysqlUrl: exported(output, 'DATABASE_URL'),
    async [Symbol.asyncDispose]() {
      if (!/^localstack runs already/m.test(output)) await run(script('host-down.sh'));
    },
  };
}

/** A variable of the environment that the script prints at its end. */
function exported(output: string, name: string): string {
  const value = new RegExp(`^export .*?${name}=(\\S+)`, 'm').exec(output)?.[1];
  if (value === undefined) throw new BenchmarkFailure('localstack-not-started', `host-up.sh did not print ${name}`);
  return value;
}
