import { z } from 'zod';
import { message } from '../message.ts';

/** A job of kind `forecast` was accepted; its row holds the plan. */
export const ForecastRequested = message('forecast.requested', z.object({ jobId: z.string() }));

/** A step of a forecast that ingest takes by itself died. */
export const ForecastFailed = message(
  'forecast.failed',
  ForecastRequested.body.extend({ reasons: z.array(z.string()) }),
);

/** The tables of a forecast are datasets now: those that exist. */
export const TablesExported = message(
  'tables.exported',
  z.object({ jobId: z.string(), related: z.boolean(), validation: z.boolean() }),
);

/** A forecast ended, or failed, and everything that it made here is to be removed. */
export const ForecastDiscarded = message('forecast.discarded', z.object({ jobId: z.string() }));
