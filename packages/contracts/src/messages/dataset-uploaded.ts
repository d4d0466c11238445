import { z } from 'zod';
import { message } from '../message.ts';

/** An object arrived under an upload key. The object store says this, so nothing in it is trusted but the key. */
export const DatasetUploaded = message(
  'dataset.uploaded',
  z.object({
    key: z.string(),
    etag: z.string(),
    /** bytes */
    size: z.int().min(0),
  }),
);
