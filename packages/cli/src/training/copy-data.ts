import { join } from 'node:path';
import { readFrame, writeParts } from '@bellwether/datasets';
import { splitHoldout } from '@bellwether/learning';
import type { Client } from '../client/client.ts';
import type { Destination } from '../destination/destination.ts';
import type { Results } from './results.ts';

export interface CopiedPart {
  readonly place: string;
  readonly rows: number;
}

export interface CopiedData {
  readonly train: CopiedPart;
  readonly test: CopiedPart;
}

/**
 * Copies the rows that trained the job's models and those that were held out, each as a Parquet file. The choice is a
 * function of the rows alone, so it is made here once more instead of being kept for every job.
 */
export async function copyData(
  client: Client,
  { dataset, trained }: Results,
  destination: Destination,
  folder: string,
  signal: AbortSignal,
): Promise<CopiedData> {
  const table = join(folder, 'table.parquet');
  await client.download('downloadDataset', { params: { id: dataset.id } }, table, signal);
  const frame = await readFrame(table, { columns: dataset.schema ?? [], signal });
  const { timestamp } = dataset.roles;
  const target = String(trained.job.request.target);
  const split = splitHoldout(frame, { target, ...(timestamp === undefined ? {} : { timestamp }) });
  const parts = { train: split.training, test: split.holdout };
  const paths = { train: join(folder, 'train.parquet'), test: join(folder, 'test.parquet') };
  await writeParts(
    table,
    [
      { path: paths.train, rows: parts.train },
      { path: paths.test, rows: parts.test },
    ],
    folder,
  );
  const put = async (part: 'train' | 'test'): Promise<CopiedPart> => ({
    place: await destination.put(`${dataset.id}/${part}.parquet`, paths[part]),
    rows: parts[part].length,
  });
  return { train: await put('train'), test: await put('test') };
}
