import { z } from 'zod';
import { message } from '../message.ts';

/** A service wrote a new table to the object store and asks ingest to register it as a dataset. */
export const DatasetDerived = message(
  'dataset.derived',
  z.object({
    datasetId: z.string(),
    name: z.string(),
    /** Parquet object, written before this message */
    key: z.string(),
    parents: z.array(z.string()),
    /** What made it, as the caller asked for it: kept as lineage. */
    recipe: z.record(z.string(), z.unknown()),
    roles: z.object({ target: z.string().optional(), timestamp: z.string().optional(), item: z.string().optional() }),
  }),
);
