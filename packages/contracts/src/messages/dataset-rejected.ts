import { z } from 'zod';
import { message } from '../message.ts';

/** An upload was refused; its dataset's row holds the problems. */
export const DatasetRejected = message(
  'dataset.rejected',
  z.object({ datasetId: z.string(), name: z.string(), reason: z.string() }),
);
