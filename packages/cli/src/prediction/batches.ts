export interface Batch<Item> {
  /** place of the first item among all */
  readonly start: number;
  readonly items: readonly Item[];
}

/** How much one request holds at most. */
interface Largest {
  readonly items: number;
  readonly characters: number;
}

/** Enough rows that the cost is theirs, few enough that progress is seen; well below the server's limit of a JSON body. */
const ofPredictions: Largest = { items: 1000, characters: 2_000_000 };

/** Cuts a stream into batches by number and by size, so that wide rows stay below the limit of a request. */
export async function* batches<Item>(
  items: AsyncIterable<Item>,
  sizeOf: (item: Item) => number,
  largest = ofPredictions,
): AsyncGenerator<Batch<Item>> {
  let batch: Item[] = [];
  let start = 0;
  let size = 0;
  for await (const item of items) {
    const own = sizeOf(item);
    if (batch.length === largest.items || (batch.length > 0 && size + own > largest.characters)) {
      yield { start, items: batch };
      start += batch.length;
      batch = [];
      size = 0;
    }
    batch.push(item);
    size += own;
  }
  if (batch.length > 0) yield { start, items: batch };
}
