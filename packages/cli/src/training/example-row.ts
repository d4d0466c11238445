import type { Client } from '../client/client.ts';
import { printable } from '../terminal/printable.ts';

/** More would not fit a screen. */
const mostColumns = 20;

/** The first row of a dataset without its target, as `predict --row` takes it; undefined where it would be too long. */
export async function exampleRow(client: Client, datasetId: string, target: string): Promise<string | undefined> {
  const { rows } = await client.call('getDatasetRows', { params: { id: datasetId }, query: { limit: 1 } });
  const values = Object.entries(rows[0] ?? {}).flatMap(([name, value]) => (name === target ? [] : [value]));
  if (values.length === 0 || values.length > mostColumns) return undefined;
  return printable(JSON.stringify(values));
}
