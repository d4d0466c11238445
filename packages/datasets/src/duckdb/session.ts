import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { quoteList, quoteLiteral } from './quote.ts';

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

/** An in-memory DuckDB that nothing has been read into. */
export interface EmptyInstance {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
}

/** Makes one, with the calendar that time zones need: 20 ms that a process which waits for a task can spend before. */
export async function createInstance(): Promise<EmptyInstance> {
  const duckdb = await import('@duckdb/node-api');
  const instance = await duckdb.DuckDBInstance.create(':memory:', {
    threads: '1',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  const connection = await instance.connect();
  // a value such as 2024-01-01T00:00:00+02:00 is stored in UTC, wherever the machine is
  await connection.run("SET TimeZone = 'UTC'");
  return { instance, connection };
}

/**
 * Opens an in-memory DuckDB that reaches the named files and nothing else: no network, no extensions, no other path,
 * and no way to change that afterwards. Rows keep the order of their file.
 *
 * @param empty made before, if one was
 */
export async function openSession(confinement: Confinement, empty?: EmptyInstance): Promise<Session> {
  const { instance, connection } = empty ?? (await createInstance());
  const { folder, memoryBytes, paths, threads } = confinement;
  await connection.run(
    [
      `SET threads = ${threads}`,
      `SET memory_limit = '${Math.max(16, Math.floor(memoryBytes / 2 ** 20))}MiB'`,
      `SET temp_directory = ${quoteLiteral(folder ?? '')}`,
      `SET allowed_paths = ${quoteList(paths)}`,
      ...(folder === undefined ? [] : [`SET allowed_directories = ${quoteList([folder])}`]),
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
