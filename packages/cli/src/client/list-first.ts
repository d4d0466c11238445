const pageSize = 200;

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor?: string | undefined;
}

/** The first `limit` items of a paged list. */
export async function listFirst<Item>(
  limit: number,
  page: (query: { readonly limit: number; readonly cursor?: string }) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const found = await page({
      limit: Math.min(pageSize, limit - items.length),
      ...(cursor === undefined ? {} : { cursor }),
    });
    items.push(...found.items);
    cursor = found.nextCursor;
  } while (cursor !== undefined && items.length < limit);
  return items;
}
