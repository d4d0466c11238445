import type { DuckDBConnection } from '@duckdb/node-api';
import { measureColumns } from '../duckdb/measure-columns.ts';
import type { RawColumn } from '../raw-table.ts';
import { groupedDigits } from './grouped-digits.ts';
import { decimalCommaNumber, plainNumber, type Reading, truthValue } from './reading.ts';
import { isoTimestamp, localTimestamps } from './timestamp-readings.ts';

export const sampleRows = 20_000;
const dateSampleRows = 1_000;

/** A reading is worth trying on all rows if it fits half of the sample. */
function fitting(readings: readonly Reading[], counts: Readonly<Record<string, unknown>>): Reading[] {
  const present = Number(counts.present);
  return readings.filter(({ id }) => Number(counts[id]) >= present / 2);
}

const counting = (column: RawColumn, readings: readonly Reading[]): Record<string, string> => ({
  present: `count(${column.sql})`,
  ...Object.fromEntries(readings.map((reading) => [reading.id, `count(${reading.sql(column.sql)})`])),
});

/**
 * The readings that may fit each column of text, from its first 20,000 rows. All of the usual ones for a column
 * without a value there. Local spellings of dates, of which there are many, and grouped digits are tried on the columns
 * that look so.
 */
export async function findCandidates(
  connection: DuckDBConnection,
  columns: readonly RawColumn[],
  decimalComma: boolean,
): Promise<Map<RawColumn, readonly Reading[]>> {
  const usual = [plainNumber, ...(decimalComma ? [decimalCommaNumber] : []), truthValue, isoTimestamp];
  const grouped = groupedDigits(decimalComma);
  const sample = `(SELECT * FROM raw LIMIT ${sampleRows})`;
  const counts = await measureColumns<RawColumn, string>(connection, sample, columns, (column) => ({
    ...counting(column, usual),
    grouped: `count(*) FILTER (${grouped.isGrouped(column.sql)})`,
    dated: `count(*) FILTER (regexp_matches(${column.sql}, '^\\w{1,9}[-/. ]{1,2}\\w.*\\d|^\\d{4}Q\\d|^\\d{8}T'))`,
  }));
  const candidates = new Map(columns.map((column, index) => [column, fitting(usual, counts[index] ?? {})]));
  for (const [index, column] of columns.entries()) {
    const { grouped: some = 0, [grouped.ungrouped.id]: others = 0, present = 0 } = counts[index] ?? {};
    if (some === 0 || Number(some) + Number(others) < Number(present) / 2) continue;
    const usualOnes = (candidates.get(column) ?? []).filter((reading) => reading !== grouped.ungrouped);
    candidates.set(column, [...usualOnes, grouped.ungrouped, grouped]);
  }

  const dated = columns.filter((column, index) => {
    const found = counts[index];
    return candidates.get(column)?.length === 0 && Number(found?.dated) >= Number(found?.present) / 2;
  });
  for (const column of dated) {
    const values = `(SELECT ${column.sql} FROM raw WHERE ${column.sql} IS NOT NULL LIMIT ${dateSampleRows})`;
    const [found] = await measureColumns<RawColumn, string>(connection, values, [column], () =>
      counting(column, localTimestamps),
    );
    candidates.set(column, fitting(localTimestamps, found ?? {}));
  }
  return candidates;
}
