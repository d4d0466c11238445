import { z } from 'zod';
import { message } from '../message.ts';
import { Roles } from '../schema.ts';

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
    roles: Roles,
  }),
);

/** The same of a table of predictions, which inference writes: a message has one source. */
export const PredictionsDerived = message('predictions.derived', DatasetDerived.body);

/** A derived table could not be registered after all its attempts. */
export const DerivationFailed = message(
  'derivation.failed',
  DatasetDerived.body.extend({ reasons: z.array(z.string()) }),
);
