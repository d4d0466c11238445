import type { Job } from '@bellwether/contracts';
import type { Client } from '../client/client.ts';
import { clockSeparator } from './clock-separator.ts';
import type { StampStyle } from './forecast-files.ts';

/**
 * How the stamps of a finished forecast job are written: whether its periods have a time of day is said by those of its
 * forecaster, and whether there are zones by the file that was forecast.
 *
 * @param source the file, if there is one here, and its column of times
 */
export async function stampStyle(
  client: Client,
  job: Job,
  source: { readonly file: string | undefined; readonly time: string },
  signal: AbortSignal,
): Promise<StampStyle> {
  const given = { params: { name: job.model ?? '' }, query: { limit: 100 } };
  const { forecasters } = await client.call('listForecasters', given, signal);
  const frequency = forecasters.find(({ jobId }) => jobId === job.id)?.frequency ?? '';
  if (!/\b(minute|hour)s?$/.test(frequency)) return 'day';
  const clock = source.file === undefined ? undefined : await clockSeparator(source.file, source.time);
  return clock === undefined ? 'time' : { clock };
}
