import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Patience, retry } from '@bellwether/database';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { duckdbFailure, isFileLocked } from './duckdb-failure.ts';

interface SharedFile {
  readonly opening: Promise<DuckDBInstance>;
  users: number;
  /** ends when the last write that was asked for has ended */
  written: Promise<unknown>;
}

/** By path: a process may open a file once only. */
const files = new Map<string, SharedFile>();

async function openFile(path: string, patience: Patience): Promise<DuckDBInstance> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  mkdirSync(dirname(path), { recursive: true });
  const open = () =>
    DuckDBInstance.create(path, {
      threads: '2',
      memory_limit: '512MiB',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
    });
  return await retry(open, isFileLocked, patience);
}

/**
 * Runs `work` on a connection of its own to a file. The file is closed, and free for other processes, when nobody in
 * this one works on it any more.
 *
 * @param path absolute
 * @param patience for a file that another process has open
 * @throws WarehouseError; the signal's reason
 */
export async function useFile<T>(
  path: string,
  patience: Patience,
  work: (connection: DuckDBConnection) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const file = await acquire(path, patience);
  const { connection, release } = file;
  const interrupt = () => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    signal?.throwIfAborted();
    return await work(connection);
  } catch (error) {
    // What an interrupted query throws says less than why it was interrupted.
    throw signal?.aborted ? signal.reason : duckdbFailure(error, path);
  } finally {
    signal?.removeEventListener('abort', interrupt);
    release();
  }
}

export interface FileUse {
  readonly connection: DuckDBConnection;
  release(): void;
}

/** As `useFile`, for work that is no function: whoever has it must release it. */
export async function acquire(path: string, patience: Patience): Promise<FileUse> {
  const file = files.get(path) ?? { opening: openFile(path, patience), users: 0, written: Promise.resolve() };
  files.set(path, file);
  file.users += 1;
  let instance: DuckDBInstance | undefined;
  const leave = () => {
    file.users -= 1;
    if (file.users > 0) return;
    files.delete(path);
    instance?.closeSync();
  };
  try {
    instance = await file.opening;
    const connection = await instance.connect();
    // A time with a zone is read in UTC, wherever the machine is.
    await connection.run("SET TimeZone = 'UTC'");
    return {
      connection,
      release() {
        connection.closeSync();
        leave();
      },
    };
  } catch (error) {
    leave();
    throw duckdbFailure(error, path);
  }
}

/** Runs writes of this process one after the other: DuckDB fails the second of two that meet, instead of waiting. */
export async function inTurn<T>(path: string, work: () => Promise<T>): Promise<T> {
  const file = files.get(path);
  if (file === undefined) return await work();
  const turn = file.written.then(work);
  file.written = turn.catch(() => undefined);
  return await turn;
}
