import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Series of one kind, as `children/collect.py` describes them. */
export interface Collection {
  readonly name: string;
  /** `first` and `further`: looked at when models, weights and intervals were chosen; `held out`: not */
  readonly group: 'first' | 'further' | 'held out';
  /** CSV file of unique_id, ds, y and the known columns */
  readonly file: string;
  /** as pandas calls it */
  readonly frequency: string;
  readonly season: number;
  readonly horizon: number;
  /** columns that are known ahead */
  readonly known: readonly string[];
}

export interface TableRow {
  readonly item: string;
  readonly ds: string;
  readonly y: number;
  readonly known: readonly number[];
}

/** Rows by item, oldest first. No value of these tables holds a comma. */
export const readTable = (folder: string, { file }: Collection): ReadonlyMap<string, readonly TableRow[]> => {
  const [head = '', ...lines] = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
  const names = head.split(',');
  const place = (name: string) => names.indexOf(name);
  const knownPlaces = names.flatMap((name, i) => (['unique_id', 'ds', 'y'].includes(name) ? [] : [i]));
  const items = new Map<string, TableRow[]>();
  for (const line of lines) {
    const cells = line.split(',');
    const item = cells[place('unique_id')] as string;
    const rows = items.get(item) ?? [];
    rows.push({
      item,
      ds: cells[place('ds')] as string,
      y: Number(cells[place('y')]),
      known: knownPlaces.map((i) => Number(cells[i])),
    });
    items.set(item, rows);
  }
  return items;
};
