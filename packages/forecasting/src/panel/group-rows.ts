/** Rows of each item in the order of the table; items in the order of their names. */
export interface ItemRows {
  readonly item: string;
  readonly rows: Uint32Array;
}

/** @param items of each row; empty names are left out */
export const groupRows = (items: readonly string[]): ItemRows[] => {
  const counts = new Map<string, number>();
  for (const item of items) if (item !== '') counts.set(item, (counts.get(item) ?? 0) + 1);
  const groups = new Map<string, { readonly rows: Uint32Array; filled: number }>();
  for (const [item, count] of counts) groups.set(item, { rows: new Uint32Array(count), filled: 0 });
  items.forEach((item, row) => {
    const group = groups.get(item);
    if (group !== undefined) group.rows[group.filled++] = row;
  });
  return [...groups]
    .map(([item, { rows }]) => ({ item, rows }))
    .sort((a, b) => (a.item < b.item ? -1 : Number(a.item > b.item)));
};
