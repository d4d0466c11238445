import type { Binds, Connection, RowStatement } from 'snowflake-sdk';
import type { Cell } from '../table.ts';
import type { Driver } from './load-driver.ts';
import { snowflakeFailure } from './snowflake-failure.ts';

/** Options of a connection; the driver's own names. */
export type SnowflakeSettings = Parameters<Driver['createConnection']>[0];

/** A session that somebody works with. */
export interface Lease {
  readonly connection: Connection;
  /** @param isUsable whether the session is as it was when it was taken */
  release(isUsable: boolean): Promise<void>;
}

/** Sessions of one user. A login takes a second or so, and a session can run one transaction at a time. */
export interface Connections {
  /** @throws WarehouseError */
  take(): Promise<Lease>;
  /** @throws WarehouseError */
  use<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const mostIdle = 2;
/** A session that is idle for four hours has ended; one that may have is not worth a failed call. */
const longestIdleMs = 3_600_000;

export function openConnections(driver: Driver, settings: SnowflakeSettings): Connections {
  const idle: { readonly connection: Connection; readonly since: number }[] = [];
  const connect = async (): Promise<Connection> => {
    for (let kept = idle.pop(); kept !== undefined; kept = idle.pop()) {
      if (kept.connection.isUp() && Date.now() - kept.since < longestIdleMs) return kept.connection;
      await end(kept.connection);
    }
    try {
      return await driver.createConnection(settings).connectAsync();
    } catch (error) {
      throw snowflakeFailure(error);
    }
  };
  const take = async (): Promise<Lease> => {
    const connection = await connect();
    return {
      connection,
      async release(isUsable) {
        if (isUsable && idle.length < mostIdle) idle.push({ connection, since: Date.now() });
        else await end(connection);
      },
    };
  };
  return {
    take,
    async use(work) {
      const { connection, release } = await take();
      let isUsable = false;
      try {
        const result = await work(connection);
        isUsable = true;
        return result;
      } catch (error) {
        throw snowflakeFailure(error);
      } finally {
        await release(isUsable);
      }
    },
    async close() {
      await Promise.all(idle.splice(0).map(({ connection }) => end(connection)));
    },
  };
}

/** Logs out. One that fails leaves a session that ends by itself. */
async function end(connection: Connection): Promise<void> {
  await new Promise<void>((resolve) => {
    connection.destroy(() => resolve());
  });
}

/** Parameters are texts, which Snowflake turns into what their column holds: types that differ by row are an error. */
const bind = (value: Cell): string | null => (value === null ? null : String(value));

/** Runs one statement and gives its rows. Rows of parameters run it once for each. */
export async function execute(
  connection: Connection,
  sqlText: string,
  values: readonly Cell[] | readonly (readonly Cell[])[] = [],
): Promise<Cell[][]> {
  const binds = values.map((value) => (Array.isArray(value) ? value.map(bind) : bind(value as Cell))) as Binds;
  return await new Promise((resolve, reject) => {
    connection.execute({
      sqlText,
      ...(binds.length === 0 ? {} : { binds }),
      rowMode: 'array',
      complete: (error, _statement, rows) => (error ? reject(error) : resolve((rows ?? []) as Cell[][])),
    });
  });
}

/** Runs a query whose rows are read from the statement as they come. */
export async function openStatement(
  connection: Connection,
  sqlText: string,
  values: readonly Cell[],
): Promise<RowStatement> {
  return await new Promise((resolve, reject) => {
    connection.execute({
      sqlText,
      ...(values.length === 0 ? {} : { binds: values.map(bind) as Binds }),
      rowMode: 'array',
      streamResult: true,
      complete: (error, statement) => (error ? reject(error) : resolve(statement as RowStatement)),
    });
  });
}
