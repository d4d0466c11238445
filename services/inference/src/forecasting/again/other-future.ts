import { eachRow } from '@bellwether/datasets';
import { type PanelColumn, type PanelSchema, periodClock, type Series } from '@bellwether/forecasting';
import type { AgainTask } from './again-task.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * Puts other values of known columns into series: those of a table, in the periods that it names, up to the horizon.
 * What the table does not say stays as it was known. Rows without an item hold for all.
 */
export async function otherFuture(
  path: string,
  series: readonly Series[],
  { index, columns }: Pick<AgainTask, 'index' | 'columns'>,
): Promise<Series[]> {
  const { schema, plan } = index;
  const { indexOf } = periodClock(schema.frequency);
  const changed = series.map((one) => withRoom(one, schema, plan.horizon));
  const byItem = new Map(changed.map((one) => [one.item, one]));
  for await (const rows of eachRow(path)) {
    for (const row of rows) {
      const at = instantOf(row[columns.time]);
      for (const one of meantBy(row, columns.item, byItem)) place(one, indexOf(at) - one.first, row, schema);
    }
  }
  return changed;
}

function meantBy(row: Row, column: string | undefined, byItem: ReadonlyMap<string, Series>): Iterable<Series> {
  const name = column === undefined ? undefined : row[column];
  if (name === undefined || name === null) return byItem.values();
  const one = byItem.get(String(name));
  return one === undefined ? [] : [one];
}

/** The same series with known columns as long as its values and the horizon. */
function withRoom(one: Series, schema: PanelSchema, horizon: number): Series {
  const known = schema.known.map((_, column) => {
    const old = one.known[column] ?? new Float64Array();
    const values = new Float64Array(Math.max(old.length, one.values.length + horizon)).fill(Number.NaN);
    values.set(old);
    return values;
  });
  return { ...one, known };
}

function place({ known }: Series, period: number, row: Row, schema: PanelSchema): void {
  for (const [column, described] of schema.known.entries()) {
    const value = numberOf(row[described.name], described);
    const values = known[column];
    if (value !== undefined && values !== undefined && period >= 0 && period < values.length) values[period] = value;
  }
}

/** A value as the panel writes it; undefined where the row says nothing. */
function numberOf(value: unknown, described: PanelColumn): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (described.kind === 'number') return Number(value);
  const code = described.categories.indexOf(String(value));
  return code < 0 ? Number.NaN : code;
}

/** A stamp without a zone is read in UTC, as everywhere. */
function instantOf(value: unknown): number {
  const text = String(value ?? '').replace(' ', 'T');
  const hasZone = text.length <= 10 || /(?:Z|[+-]\d\d(?::?\d\d)?)$/.test(text);
  return Date.parse(hasZone ? text : `${text}Z`);
}
