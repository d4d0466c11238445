import { z } from 'zod';
import { message } from '../message.ts';

/** A dataset was validated, profiled and stored; it never changes from here on. */
export const DatasetReady = message(
  'dataset.ready',
  z.object({ datasetId: z.string(), name: z.string(), rows: z.int(), columns: z.int() }),
);
