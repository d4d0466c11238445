import { setTimeout as pause } from 'node:timers/promises';
import type { Dataset, Job } from '@bellwether/contracts';
import { eventually } from '@bellwether/testkit';
import type { PersistentClient } from './persistent-client.ts';

/** Milliseconds between two looks: an API gateway in Python has its share of two cores to lose. */
const lookEvery = 100;

async function look<Body>(client: PersistentClient, path: string, isDone: (body: Body) => boolean) {
  const { body } = await client.call('GET', path);
  if (isDone(body as Body)) return body as Body;
  await pause(lookEvery);
  return undefined;
}

/** Waits until a job has ended. */
export const ended = (client: PersistentClient, id: string, timeoutMs: number): Promise<Job> =>
  eventually(
    `job ${id} ended`,
    () => look<Job>(client, `/v1/jobs/${id}`, ({ status }) => !['queued', 'waiting', 'running'].includes(status)),
    timeoutMs,
  );

/** Waits until a dataset is ready or rejected. */
export const settled = (client: PersistentClient, id: string, timeoutMs: number): Promise<Dataset> =>
  eventually(
    `dataset ${id} settled`,
    () => look<Dataset>(client, `/v1/datasets/${id}`, ({ status }) => status === 'ready' || status === 'rejected'),
    timeoutMs,
  );
