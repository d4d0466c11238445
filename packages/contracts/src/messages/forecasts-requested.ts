import { z } from 'zod';
import { message } from '../message.ts';

/** A forecaster is to forecast all its items. */
export const ForecastsRequested = message('forecasts.requested', z.object({ jobId: z.string(), version: z.int() }));

/** One chunk of the items is to be forecast. */
export const PartRequested = message('part.requested', z.object({ jobId: z.string(), partId: z.string() }));

/** Forecasts are in work on SageMaker, or wait for room there; the message waits with them. */
export const PartSubmitted = message('part.submitted', PartRequested.body);

/** A chunk's forecasts did not survive their attempts. */
export const PartFailed = message('part.failed', PartRequested.body.extend({ reasons: z.array(z.string()) }));

/** The forecasts of one chunk are stored, or have failed. */
export const PartFinished = message('part.finished', PartRequested.body);

/** The forecasts of all items are one table, and so are the backtests: Parquet objects for ingest to register. */
export const ForecastsMade = message(
  'forecasts.made',
  z.object({ jobId: z.string(), forecastsKey: z.string(), backtestsKey: z.string() }),
);

/** The forecasts could not be made. */
export const ForecastsFailed = message(
  'forecasts.failed',
  z.object({ jobId: z.string(), code: z.string().optional(), reasons: z.array(z.string()) }),
);

/** What inference had made for a forecast is gone. */
export const ForecastsDiscarded = message('forecasts.discarded', z.object({ jobId: z.string() }));
