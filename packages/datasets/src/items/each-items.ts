import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { parquet } from '../duckdb/parquet-file.ts';
import { openSession } from '../duckdb/session.ts';
import { collectItems } from './collect-items.ts';
import type { ItemRows, SeriesTables } from './item-rows.ts';
import { itemsSql, type KnownColumn, type RelatedTable } from './items-sql.ts';

export interface ItemsOptions {
  /** Rows after which a block ends with the item that is being read: its memory, not its meaning. Default 200,000. */
  readonly blockRows?: number;
  /** for what does not fit into memory while rows are sorted; nothing stays in it */
  readonly folder: string;
  /** default: 512 MB */
  readonly memoryBytes?: number;
}

/**
 * Shows the rows of a stored table item by item, whatever its order and length: blocks of whole items, in the order of
 * their names. What `visit` computes blocks the thread, so it belongs into a process of its own.
 *
 * @returns the known columns that there are: those that were asked for, else all of the related table
 * @throws what `visit` throws; DuckDB's error if a column is not there
 */
export async function eachItems(
  tables: SeriesTables,
  { blockRows = 200_000, folder, memoryBytes = 512 * 2 ** 20 }: ItemsOptions,
  visit: (block: ItemRows, known: readonly string[]) => void | Promise<void>,
): Promise<{ readonly known: readonly string[]; readonly rows: number }> {
  const paths = [tables.target, ...(tables.related === undefined ? [] : [tables.related])];
  const session = await openSession({ paths, folder, memoryBytes, threads: 2 });
  try {
    const { known, related } = await describe(session.connection, tables);
    const names = known.map(({ name }) => name);
    const collector = collectItems(known);
    let rows = 0;
    for await (const chunk of await session.connection.stream(itemsSql(tables, known, related))) {
      rows += chunk.rowCount;
      for (const block of collector.add(chunk as DuckDBDataChunk, blockRows)) await visit(block, names);
    }
    const last = collector.rest();
    if (last !== undefined) await visit(last, names);
    return { known: names, rows };
  } finally {
    session.close();
  }
}

type Types = ReadonlyMap<string, string>;

async function describe(
  connection: DuckDBConnection,
  { target, related, columns, known }: SeriesTables,
): Promise<{ known: KnownColumn[]; related: RelatedTable | undefined }> {
  const own = await typesOf(connection, target);
  const theirs: Types = related === undefined ? new Map() : await typesOf(connection, related);
  const keys = new Set([columns.item, columns.time, columns.target]);
  const wanted = known ?? [...theirs.keys()].filter((name) => !keys.has(name));
  const found = wanted.flatMap((name): KnownColumn[] => {
    const types = [own.get(name), theirs.get(name)];
    const from = (['target', 'related'] as const).filter((_, index) => types[index] !== undefined);
    if (from.length === 0) return [];
    return [{ name, from, isText: types.some((type) => type !== undefined && !isNumber(type)) }];
  });
  const { item } = columns;
  const hasItem = item === undefined || theirs.has(item);
  return { known: found, related: related === undefined ? undefined : { path: related, hasItem } };
}

async function typesOf(connection: DuckDBConnection, path: string): Promise<Types> {
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${parquet(path)}`);
  return new Map(described.getRows().map(([name, type]) => [String(name), String(type)]));
}

const isNumber = (type: string) => /^(BOOLEAN|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*)$/.test(type);
