import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { ItemRows, SeriesColumn } from './item-rows.ts';
import type { KnownColumn } from './items-sql.ts';

type Cell = string | number | null;

interface Collected {
  readonly item: string[];
  readonly at: number[];
  readonly target: number[];
  readonly known: Cell[][];
}

export interface ItemCollector {
  /** Takes the next rows; gives blocks of whole items once they have so many rows. */
  add(chunk: DuckDBDataChunk, blockRows: number): ItemRows[];
  rest(): ItemRows | undefined;
}

/** Cuts rows that come ordered by item into blocks, between two items. */
export function collectItems(known: readonly KnownColumn[]): ItemCollector {
  const begin = (): Collected => ({ item: [], at: [], target: [], known: known.map(() => []) });
  let open = begin();
  const finish = (): ItemRows => {
    const { item, at, target } = open;
    const block = {
      item,
      at: Float64Array.from(at),
      target: Float64Array.from(target),
      known: open.known.map((values, index) => columnOf(values, known[index]?.isText === true)),
    };
    open = begin();
    return block;
  };
  return {
    add(chunk, blockRows) {
      const blocks: ItemRows[] = [];
      const vectors = Array.from({ length: 3 + known.length }, (_, index) => chunk.getColumnVector(index));
      for (let row = 0; row < chunk.rowCount; row += 1) {
        const item = vectors[0]?.getItem(row) as string;
        if (open.item.length >= blockRows && open.item.at(-1) !== item) blocks.push(finish());
        open.item.push(item);
        open.at.push((vectors[1]?.getItem(row) as number | null) ?? Number.NaN);
        open.target.push(vectors[2]?.getItem(row) as number);
        for (const [index, values] of open.known.entries()) values.push(vectors[3 + index]?.getItem(row) as Cell);
      }
      return blocks;
    },
    rest: () => (open.item.length === 0 ? undefined : finish()),
  };
}

function columnOf(values: readonly Cell[], isText: boolean): SeriesColumn {
  if (isText) return values as readonly (string | null)[];
  return Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value)));
}
