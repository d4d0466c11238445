import type { Job } from '@bellwether/contracts';
import type { Client } from '../client/client.ts';
import type { StampStyle } from './forecast-files.ts';

/** Whether the periods of a finished forecast job have a time of day: those of its forecaster say it. */
export async function stampStyle(client: Client, job: Job, signal: AbortSignal): Promise<StampStyle> {
  const given = { params: { name: job.model ?? '' }, query: { limit: 100 } };
  const { forecasters } = await client.call('listForecasters', given, signal);
  const frequency = forecasters.find(({ jobId }) => jobId === job.id)?.frequency ?? '';
  return /\b(minute|hour)s?$/.test(frequency) ? 'time' : 'day';
}
