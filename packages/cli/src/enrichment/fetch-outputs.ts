import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '../client/client.ts';
import type { Destination } from '../destination/destination.ts';

export interface FetchedOutput {
  readonly part: string;
  readonly dataset: string;
  readonly rows: number;
  /** where it was copied to, when a place was given */
  readonly place?: string;
}

/** Copies an enrichment's outputs as `train.parquet`, `test.parquet`, … and says how many rows each has. */
export async function fetchOutputs(
  client: Client,
  datasets: Readonly<Record<string, string>>,
  destination: Destination | undefined,
  signal: AbortSignal,
): Promise<FetchedOutput[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-enrich-'));
  try {
    const fetched: FetchedOutput[] = [];
    for (const [part, id] of Object.entries(datasets)) {
      const { rows = 0 } = await client.call('getDataset', { params: { id } }, signal);
      if (destination === undefined) {
        fetched.push({ part, dataset: id, rows });
        continue;
      }
      const path = join(folder, `${part}.parquet`);
      await client.download('downloadDataset', { params: { id } }, path, signal);
      fetched.push({ part, dataset: id, rows, place: await destination.put(`${part}.parquet`, path) });
    }
    return fetched;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
