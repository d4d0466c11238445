import { open } from 'node:fs/promises';
import type { ForecastRequest, Roles } from '@bellwether/contracts';
import type { Client } from '../client/client.ts';
import { CommandFailure } from '../failure.ts';
import type { Progress } from '../terminal/progress.ts';
import { uploadAndValidate } from '../training/dataset-steps.ts';

/** Columns of the table that a forecaster was trained on. */
export interface TrainedColumns {
  readonly item?: string | undefined;
  readonly time: string;
  readonly target: string;
}

/** Columns of a pipeline's tables in the warehouse. */
const pipelineColumns: TrainedColumns = { item: 'item_id', time: 'timestamp', target: 'target_value' };

/**
 * The columns that tables for a forecaster must have.
 *
 * @param version default: the newest
 * @throws CommandFailure `forecaster-not-found`
 */
export async function trainedColumns(
  client: Client,
  model: string,
  version: number | undefined,
  signal: AbortSignal,
): Promise<TrainedColumns> {
  const { forecasters } = await client.call('listForecasters', { params: { name: model } }, signal);
  const found = forecasters.find((one) => version === undefined || one.version === version);
  if (found === undefined) {
    throw new CommandFailure('forecaster-not-found', `There is no such forecaster ${model}.`, {
      cure: 'Train one with `forecast`, or name another version.',
    });
  }
  const { request } = await client.call('getJob', { params: { id: found.jobId } }, signal);
  const { item, time = '', target = '' } = request as Partial<ForecastRequest>;
  return 'param' in request ? pipelineColumns : { item, time, target };
}

/** Uploads a table with the roles of the columns that it has of these, so that they are read as when it was trained. */
export async function uploadAs(
  client: Client,
  file: string,
  { item, time, target }: TrainedColumns,
  progress: Progress,
  signal: AbortSignal,
): Promise<string> {
  const head = await headOf(file);
  const has = (name: string | undefined): name is string => name !== undefined && head.has(name);
  const roles: Roles = {
    ...(has(time) && { timestamp: time }),
    ...(has(item) && { item }),
    ...(has(target) && { target }),
  };
  const name =
    file
      .replace(/^.*[\\/]/, '')
      .replace(/\.[^.]*$/, '')
      .replaceAll(/[^\w.-]/g, '_') || 'table';
  return (await uploadAndValidate(client, { file, name, roles }, progress, signal)).id;
}

/** Names in the first line of a file; of one that is no text, as if it had none. */
async function headOf(file: string): Promise<ReadonlySet<string>> {
  await using opened = await open(file).catch(() => undefined);
  const bytes = Buffer.alloc(64 * 1024);
  const read = await opened?.read(bytes, 0, bytes.length, 0);
  const [line = ''] = bytes.toString('utf8', 0, read?.bytesRead ?? 0).split(/\r?\n/);
  return new Set(
    line
      .replace(/^\uFEFF/, '')
      .split(/[,;\t|]/)
      .map((name) => name.trim().replace(/^"(.*)"$/, '$1')),
  );
}
