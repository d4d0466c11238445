import { open } from 'node:fs/promises';
import { sureDigits } from '@bellwether/contracts/forecast-table';
import { eachRow, type Row } from '@bellwether/datasets';
import { encodeRecord } from '../csv/encode-record.ts';

/**
 * How stamps are written: frequencies from a day on have no time of day, and times of a table without zones have none
 * either, with what stands between date and time of day there.
 */
export type StampStyle = 'day' | 'time' | { readonly clock: ' ' | 'T' };

export interface TableToWrite {
  /** path of a table in Parquet; undefined: there are no rows */
  readonly source: string | undefined;
  readonly target: string;
  readonly columns: readonly string[];
  /** column of the stamps */
  readonly time: string;
  readonly style: StampStyle;
}

/** A stamp of a stored table, in ISO 8601, as it stands in a file. */
export function stampText(stamp: unknown, style: StampStyle): string {
  const text = String(stamp);
  if (style === 'time') return text;
  return style === 'day' ? text.slice(0, 10) : text.slice(0, 19).replace('T', style.clock);
}

/** A cell of a file, of a number the digits that are sure. */
export const cellOf = (value: unknown): unknown => (typeof value === 'number' ? sureDigits(value) : value);

/**
 * Writes columns of a table as CSV, block by block.
 *
 * @param see called with the rows of each block
 * @returns how many rows there were
 */
export async function writeCsv(
  { source, target, columns, time, style }: TableToWrite,
  see: (rows: readonly Row[]) => void = () => undefined,
): Promise<number> {
  await using file = await open(target, 'w');
  await file.write(encodeRecord(columns, ','));
  let count = 0;
  if (source === undefined) return count;
  for await (const rows of eachRow(source)) {
    see(rows);
    const cells = (row: Row) =>
      columns.map((name) => (name === time ? stampText(row[name], style) : cellOf(row[name])));
    await file.write(rows.map((row) => encodeRecord(cells(row), ',')).join(''));
    count += rows.length;
  }
  return count;
}
