import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteList } from './quote.ts';

export interface Session {
  readonly connection: DuckDBConnection;
  close(): void;
}

export interface Confinement {
  /** the only files that may be opened, besides those in `folder` */
  readonly paths: readonly string[];
  /** for spilled and staged data */
  readonly folder?: string;
  readonly memoryBytes: number;
  readonly threads: number;
}

/**
 * Opens an in-memory DuckDB that reaches the named files and nothing else: no network, no extensions, no other path,
 * and no way to change that afterwards. Rows keep the order of their file.
 */
export async function openSession(confinement: Confinement): Promise<Session> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(confinement.threads),
    memory_limit: `${Math.max(16, Math.floor(confinement.memoryBytes / 2 ** 20))}MiB`,
    temp_directory: confinement.folder ?? '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run(
    [
      // a value such as 2024-01-01T00:00:00+02:00 is stored in UTC, wherever the machine is
      "SET TimeZone = 'UTC'",
      `SET allowed_paths = ${quoteList(confinement.paths)}`,
      ...(confinement.folder === undefined ? [] : [`SET allowed_directories = ${quoteList([confinement.folder])}`]),
      'SET enable_external_access = false',
      'SET lock_configuration = true',
    ].join('; '),
  );
  return {
    connection,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
